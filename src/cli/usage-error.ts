/**
 * The command can't do what it was asked to: a wrong flag, an unknown rule, a file that can't be written. The message
 * is one line for the user; the run ends with exit code 2.
 */
export class UsageError extends Error {}
