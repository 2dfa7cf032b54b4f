import { byCodeUnit, placeOf, placeText } from "./place.ts";
import type { Reporter } from "./report.ts";

interface TestCase {
  readonly name: string;
  /** `failure`: a finding; `error`: what kept us from reading a file. Undefined: nothing is wrong. */
  readonly fault?: {
    readonly kind: "failure" | "error";
    readonly type: string;
    readonly message: string;
    readonly text: string;
  };
}

/** A test suite for each file with findings, a failed test for each of them. A file that is clean has one that passes. */
export const junit: Reporter = (result, { allFiles, failures }) => {
  const suites = new Map<string, TestCase[]>();
  const add = (file: string, test: TestCase): void =>
    void suites.set(file, [...(suites.get(file) ?? []), test]);
  for (const { path, message } of failures) {
    add(path ?? "promptlint", {
      name: "promptlint",
      fault: { kind: "error", type: "error", message, text: message },
    });
  }
  for (const { span, message, severity } of result.problems) {
    if (severity !== "error") continue;
    const text = `${placeText(placeOf(span, result.files))}: ${message}`;
    add(span.file, { name: "promptlint", fault: { kind: "error", type: "error", message, text } });
  }
  for (const { at, ruleId, severity, message } of result.findings) {
    const place = placeOf(at, result.files);
    const text = `${placeText(place)}: ${message}`;
    const type = severity === "error" ? "error" : "warning";
    const name = `${ruleId} at line ${place.start.line}`;
    add(at.file, { name, fault: { kind: "failure", type, message, text } });
  }
  for (const file of allFiles ?? []) if (!suites.has(file)) suites.set(file, [{ name: "promptlint" }]);
  if (suites.size === 0) suites.set("promptlint", [{ name: "promptlint" }]);

  const sorted = [...suites].sort(([a], [b]) => byCodeUnit(a, b));
  const lines = sorted.flatMap(([file, tests]) => [
    `  <testsuite ${attributes({ name: file, ...counts(tests) })}>`,
    ...tests.flatMap((test) => testLines(file, test)),
    "  </testsuite>",
  ]);
  const all = sorted.flatMap(([, tests]) => tests);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name: "promptlint", ...counts(all) })}>`,
    ...lines,
    "</testsuites>",
    "",
  ].join("\n");
};

function testLines(file: string, { name, fault }: TestCase): string[] {
  const head = `    <testcase ${attributes({ classname: file, name, file })}`;
  if (!fault) return [`${head}/>`];
  const { kind, message, type, text } = fault;
  return [
    `${head}>`,
    `      <${kind} ${attributes({ type, message })}>${escapeXml(text)}</${kind}>`,
    "    </testcase>",
  ];
}

function counts(tests: readonly TestCase[]): Record<string, number> {
  const having = (kind: string): number => tests.filter(({ fault }) => fault?.kind === kind).length;
  return { tests: tests.length, failures: having("failure"), errors: having("error") };
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(String(value))}"`)
    .join(" ");
}

// XML has no way to write these at all: controls, halves of characters and two that are none.
// oxlint-disable-next-line no-control-regex
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\p{Cs}\ufffe\uffff]/gu;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

function escapeXml(text: string): string {
  return text.replace(unwritable, "\ufffd").replaceAll(/[&<>"\n\r\t]/g, (character) => entities[character]!);
}
