import type { Rule as Eslint } from "eslint";
import type { Finding } from "../rule/finding.ts";
import type { Fix } from "../rule/fix.ts";
import type { Rule } from "../rule/rule.ts";
import { enterRule, rootType } from "./file-run.ts";

/** A rule of promptlint as one of ESLint: it finds nothing by itself, but reports what the engine has found. */
export function toEslintRule(rule: Rule): Eslint.RuleModule {
  const { docs, fixable, hasSuggestions, messages, options, type } = rule.meta;
  return {
    meta: {
      type,
      docs: { description: docs.description, recommended: "recommended" in docs, url: rule.url },
      messages,
      schema: options ? [options.schema] : [],
      ...(options && { defaultOptions: [options.default] }),
      ...(fixable && { fixable }),
      ...(hasSuggestions && { hasSuggestions }),
    },
    create(context) {
      const start = enterRule(context, {
        id: rule.id,
        options: (context.options[0] as object | undefined) ?? {},
        report: (finding) => report(context, finding),
        reportFailure: (message) => context.report({ loc: { line: 1, column: 0 }, message }),
      });
      const root = rootType(context);
      if (root !== undefined) return { [root]: start };
      start();
      return {};
    },
  };
}

function report(context: Eslint.RuleContext, { at, message, fix, suggestions = [] }: Finding): void {
  const { sourceCode } = context;
  context.report({
    loc: { start: sourceCode.getLocFromIndex(at.start), end: sourceCode.getLocFromIndex(at.end) },
    message,
    ...(fix && { fix: (fixer) => editsOf(fix, at.file, fixer) }),
    suggest: suggestions.map((suggestion) => ({
      desc: suggestion.description,
      fix: (fixer) => editsOf(suggestion, at.file, fixer),
    })),
  });
}

/** The edits of a fix; none where it would change another file as well. */
function editsOf({ edits }: Fix, file: string, fixer: Eslint.RuleFixer): Eslint.Fix[] {
  if (edits.some(({ span }) => span.file !== file)) return [];
  return edits.map(({ span, text }) => fixer.replaceTextRange([span.start, span.end], text));
}
