/** Providers that are asked for a cache by marks in the request, and their models, by what their names hold. */
const names = /anthropic|claude/i;

/** Whether a name is that of a provider, or of a model of one, whose requests carry cache marks. */
export function takesMarks(name: string): boolean {
  return names.test(name);
}
