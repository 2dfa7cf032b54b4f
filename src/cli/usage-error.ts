/**
 * The command can't do what it was asked to: a wrong flag, an unknown rule, a file that can't be written. The message
 * is a line for the user, or one for each thing that is wrong; the run ends with exit code 2.
 */
export class UsageError extends Error {}
