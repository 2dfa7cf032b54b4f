import { testValues } from "../support/test-values.ts";

const long = `"a line of a prompt\\n".repeat(40)`;

testValues("functions that work on long texts", [
  {
    name: "give the same as before",
    ts: `
      const text = ${long};
      const upper = (given: string) => given.toUpperCase();
      export const build = () => [upper(text).length, upper(text).slice(0, 6)];`,
    gives: `[760, "A LINE"]`,
  },
  {
    name: "are run each time where they change something outside, here in the second call",
    ts: `
      const text = ${long};
      export function build() {
        return [number(text), number(text)];
      }
      let count = 0;
      function number(given: string) {
        count += 1;
        return given.slice(0, 2) + count;
      }`,
    gives: `["a 3", "a 4"]`,
  },
]);

testValues("streams that are filled by a function", [
  {
    name: "are filled at once",
    ts: `
      import { createUIMessageStream } from "ai";
      export function build() {
        const made: string[] = [];
        createUIMessageStream({ execute: async ({ writer }) => { made.push("written"); throw new Error("late"); } });
        new ReadableStream({ start(controller) { made.push("started"); } });
        return made;
      }`,
    gives: `["written", "started"]`,
  },
]);
