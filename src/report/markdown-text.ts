import type { Palette } from "./palette.ts";
import { columnsOf, wrap } from "./text-layout.ts";

/**
 * A page of Markdown as text for a terminal: paragraphs and lists fitted into `width` columns, code set in, addresses
 * written out. Knows what the pages of rules are made of: headings, paragraphs, lists and fenced code.
 */
export function markdownText(page: string, width: number, palette: Palette): string {
  const blocks = page
    .split(/^(```[^\n]*\n[\s\S]*?^```)[ \t]*$/m)
    .flatMap((part) => (part.startsWith("```") ? [part] : part.split(/\n{2,}/)))
    .map((block) => block.replace(/^\n+|\s+$/g, ""))
    .filter((block) => block !== "");
  return `${blocks.map((block) => blockText(block, width, palette)).join("\n\n")}\n`;
}

function blockText(block: string, width: number, palette: Palette): string {
  const heading = /^#+ (.*)$/.exec(block);
  if (heading) return palette.strong(plainText(heading[1]!));
  if (block.startsWith("```")) return codeText(block);
  const items = block.split(/\n(?=- )/);
  if (!block.startsWith("- ")) return paragraph(block, "", width, palette);
  return items.map((item) => paragraph(item.slice(2), "- ", width, palette)).join("\n");
}

function paragraph(text: string, bullet: string, width: number, palette: Palette): string {
  const indent = " ".repeat(bullet.length);
  const lines = wrap(plainText(text), width - columnsOf(bullet));
  return styleCode(lines.map((line, index) => (index === 0 ? bullet : indent) + line).join("\n"), palette);
}

/** Code without its fence. */
function codeText(block: string): string {
  const lines = block.split("\n").slice(1, -1);
  return lines.map((line) => (line === "" ? "" : `    ${line}`)).join("\n");
}

/** Text without the signs of Markdown but for the backticks around code. */
function plainText(text: string): string {
  return text
    .replaceAll(/\[([^\]]+)\]\((https?:[^)]+)\)/g, "$1 ($2)")
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replaceAll(/<(https?:[^>]+)>/g, "$1")
    .replaceAll(/\*\*([^*]+)\*\*/g, "$1");
}

/** Code between backticks stands out by colour where there is one. */
function styleCode(text: string, palette: Palette): string {
  return text.replaceAll(/`[^`]+`/g, (code) => palette.place(code));
}
