/** A fenced block of a rule's page. */
export interface PageExample {
  readonly language: string;
  readonly text: string;
  /** `title` and `model` of the fence's info string: the file's name, and the model where the text names none. */
  readonly facts: Readonly<Record<string, string>>;
  /** The rule that is expected on a line, which counts from 1. */
  readonly expected: readonly { readonly rule: string; readonly line: number }[];
}

/** What the tests read from a rule's page. */
export interface RulePage {
  readonly title: string;
  /** The first paragraph, on one line. */
  readonly description: string;
  /** Text of each section by its heading. */
  readonly sections: ReadonlyMap<string, string>;
}

/** Reads the page of a rule. */
export function readPage(markdown: string): RulePage {
  const [head = "", ...rest] = markdown.split(/^## /m);
  const [title = "", description = ""] = head.split(/\n\n/);
  return {
    title: title.replace(/^# /, ""),
    description: description.replaceAll("\n", " "),
    sections: new Map(
      rest.map((section) => {
        const end = section.indexOf("\n");
        return [section.slice(0, end), section.slice(end + 1)];
      }),
    ),
  };
}

/** The fenced blocks of a section. A comment `expect: rule-id` at the end of a line says what is found there. */
export function readExamples(section: string): readonly PageExample[] {
  return [...section.matchAll(/^```(\w+)([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, language, info, text]) => ({
    language: language!,
    text: text!,
    facts: Object.fromEntries([...info!.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name!, value!])),
    expected: text!.split("\n").flatMap((line, index) => {
      const rule = /(?:#|\/\/) expect: ([\w-]+)$/.exec(line)?.[1];
      return rule === undefined ? [] : [{ rule, line: index + 1 }];
    }),
  }));
}
