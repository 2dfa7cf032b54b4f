import { callValue, positional } from "../calls.ts";
import { unknownValue } from "../opaques.ts";
import { ProgramThrow } from "../run.ts";
import type { LibraryFunction } from "./library.ts";

/** A call that runs a function in its options at once, with something of its own, and catches what that throws. */
const runsOption =
  (name: string): LibraryFunction =>
  ({ run, args, span }) => {
    const options = args[0]?.value;
    const callback = options?.type === "record" ? options.entries.get(name)?.value : undefined;
    if (callback?.type !== "function") return undefined;
    try {
      callValue(
        run,
        callback,
        [positional(unknownValue(run, `what \`${name}\` is given`, span), span)],
        span,
      );
    } catch (error) {
      if (!(error instanceof ProgramThrow)) throw error;
    }
    return undefined;
  };

/** Streams that are filled by a function. */
export const executors: Readonly<Record<string, LibraryFunction>> = {
  "ai.createUIMessageStream": runsOption("execute"),
  "ai.createDataStream": runsOption("execute"),
  "ai.createDataStreamResponse": runsOption("execute"),
  ReadableStream: runsOption("start"),
};
