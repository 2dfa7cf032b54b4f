import { placeOf, printable } from "./place.ts";
import type { Reporter } from "./report.ts";

/** Workflow commands of GitHub Actions: each becomes an annotation at its line, also in the changes of a pull request. */
export const github: Reporter = (result, { failures }) => {
  const { findings, problems, files } = result;
  const commands = [
    ...failures.map(({ path, message }) => command("error", { file: path, title: "promptlint" }, message)),
    ...problems.map(({ span, message, severity }) =>
      command(severity === "error" ? "error" : "notice", { file: span.file, title: "promptlint" }, message),
    ),
    ...findings.map(({ at, severity, ruleId, message }) => {
      const { file, start, end } = placeOf(at, files);
      // Columns of a place with several lines are refused.
      const columns = start.line === end.line ? { col: start.column, endColumn: end.column } : {};
      const place = { file, line: start.line, endLine: end.line, ...columns };
      const name = severity === "error" ? "error" : "warning";
      return command(name, { ...place, title: `promptlint: ${ruleId}` }, message);
    }),
  ];
  return commands.join("");
};

function command(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined);
  const text = given.map(([key, value]) => `${key}=${escapeProperty(printable(String(value)))}`).join(",");
  return `::${name} ${text}::${escapeData(printable(message))}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
