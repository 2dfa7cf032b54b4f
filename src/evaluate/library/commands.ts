import { literalText } from "../../value/inspect.ts";
import type { ArgumentValue, Value } from "../../value/value.ts";
import type { SourceFacts } from "../opaques.ts";
import { clockFacts, strftimeResolution } from "./clocks.ts";

/** Ways to run a command and read what it prints. */
export const commandRunners = new Set([
  "child_process.execSync",
  "child_process.execFileSync",
  "child_process.spawnSync",
  "child_process.exec",
  "child_process.execFile",
  "execa.execa",
  "execa.execaSync",
  "execa.execaCommand",
  "execa.$",
  "zx.$",
  "bun.$",
  "subprocess.run",
  "subprocess.check_output",
  "subprocess.getoutput",
  "subprocess.getstatusoutput",
  "subprocess.Popen",
  "os.popen",
  "asyncio.create_subprocess_exec",
]);

/** Commands of git that show what somebody is at work on: it is another one with each turn. */
const showsWork = /^(?:status|diff|stash|log|shortlog)$/;

/** What a command prints whose name and options are written in the code; undefined: nobody knows. */
export function factsOfCommand(args: readonly ArgumentValue[]): SourceFacts | undefined {
  const given = args.filter(({ name }) => name === undefined).map(({ value }) => value);
  const words = given.flatMap((value) => wordsOf(value));
  const [program, ...options] = words;
  if (program === "date") {
    const format = options.find((option) => option.startsWith("+"));
    const resolution = format === undefined ? "second" : strftimeResolution(format);
    return clockFacts({ resolution, form: "text" });
  }
  if (program !== "git") return undefined;
  const command = options.find((option) => !option.startsWith("-"));
  return command !== undefined && showsWork.test(command)
    ? { scope: "turn", confidence: "likely", reason: "the state of the working tree" }
    : undefined;
}

function wordsOf(value: Value): readonly string[] {
  if (value.type === "list") return value.elements.map((element) => literalText(element.value) ?? "");
  return literalText(value)?.split(/\s+/).filter(Boolean) ?? [];
}
