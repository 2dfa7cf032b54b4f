import { testValues } from "../support/test-values.ts";

testValues("elements of a list that is not in view are told apart", [
  {
    name: "by which one they are",
    ts: `
      export function build(messages: Message[]) {
        const last = messages.findLast((m) => m.role === "user");
        return messages.map((m) => m === last);
      }`,
    gives: `[false, false, false, false, true]`,
  },
  {
    name: "by their ids",
    py: `
      def build(turns):
          last = turns[-1]
          return [t.id == last.id for t in turns]`,
    ts: `export const build = (turns: Turn[]) => turns.map((t) => t.id === turns.at(-1)!.id);`,
    gives: `[false, false, false, false, true]`,
  },
  {
    name: "by membership",
    py: `
      def build(turns):
          newest = [t.id for t in turns[-2:]]
          return [t.id in newest for t in turns]`,
    ts: `
      export function build(turns: Turn[]) {
        const newest = new Set(turns.slice(-2).map((t) => t.id));
        return turns.map((t) => newest.has(t.id));
      }`,
    gives: `[false, false, false, true, true]`,
  },
  {
    name: "one of them at most has a certain id",
    py: `
      def build(turns, pinned):
          return [1 if t.id == pinned else 0 for t in turns]`,
    ts: `export const build = (turns: Turn[], pinned: string) => turns.map((t) => (t.id === pinned ? 1 : 0));`,
    gives: [`[1, 0, 0, 0, 0]`, `[0, 0, 0, 0, 0]`],
  },
  {
    name: "whether they have an id is asked of all alike",
    ts: `export const build = (turns: Turn[]) => turns.map((t) => (t.id === null ? 1 : 0));`,
    gives: [`[0, 0, 0, 0, 0]`, `[1, 1, 1, 1, 1]`],
  },
]);
