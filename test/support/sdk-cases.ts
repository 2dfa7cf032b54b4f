import { expect, test } from "vitest";
import { dedent } from "./dedent.ts";
import { sentRequests } from "./sent-requests.ts";

/** A program in one or both languages, and the requests it sends. */
export interface SdkCase {
  readonly name: string;
  readonly py?: string;
  readonly ts?: string;
  /** Files beside the program, such as manifests, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** The printed requests, without the name of the SDK. */
  readonly gives: string;
}

/** Holds programs to the requests they send; `imports` stand in front of each program. */
export function testSdk(
  sdk: string,
  imports: { readonly py: string; readonly ts?: string },
  cases: readonly SdkCase[],
): void {
  const runs = cases.flatMap(({ name, py, ts, files, gives }) => [
    ...(py === undefined
      ? []
      : [{ name: `${name} (Python)`, path: "main.py" as const, code: py, files, gives }]),
    ...(ts === undefined
      ? []
      : [{ name: `${name} (TypeScript)`, path: "main.ts" as const, code: ts, files, gives }]),
  ]);
  test.each(runs)("$name", ({ path, code, files, gives }) => {
    const head = dedent((path === "main.py" ? imports.py : imports.ts) ?? "");
    // Callbacks are functions of their own as well, and are tried on made-up arguments.
    const requests = sentRequests(path, head + dedent(code), files).filter(
      (request) => !request.startsWith("fragment\n"),
    );
    for (const request of requests) expect(request.split("\n")[0]).toBe(sdk);
    const bodies = requests.map((request) => request.slice(request.indexOf("\n") + 1));
    expect(bodies.join("\n")).toBe(dedent(gives).trim());
  });
}
