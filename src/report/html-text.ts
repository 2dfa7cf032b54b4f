import { printable } from "./place.ts";

/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

type Content = Html | string | number | undefined | readonly Content[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Template tag for HTML: what is put in is escaped, unless it was made by this tag. Lists are joined. */
export function html(texts: TemplateStringsArray, ...values: readonly Content[]): Html {
  return {
    html: texts.map((text, index) => text + (index < values.length ? toHtml(values[index]) : "")).join(""),
  };
}

function toHtml(value: Content): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "string")
    return printable(value).replaceAll(/[&<>"']/g, (character) => entities[character]!);
  if (isHtml(value)) return value.html;
  return value.map(toHtml).join("");
}

function isHtml(value: Html | readonly Content[]): value is Html {
  return "html" in value;
}
