import type { Pattern, Statement } from "../../program/program.ts";

/** The names that a namespace's `export` declarations make visible outside, in source order. */
export function exportedNames(statements: readonly Statement[]): readonly string[] {
  const declarations = statements.flatMap((statement) =>
    statement.kind === "export" && statement.declaration ? [statement.declaration] : [],
  );
  return [...new Set(declarations.flatMap(declaredNames))];
}

function declaredNames(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case "assign":
      return boundNames(statement.target);
    case "function":
      return [statement.function.name];
    case "class":
      return [statement.class.name];
    default:
      return [];
  }
}

function boundNames(pattern: Pattern): readonly string[] {
  switch (pattern.kind) {
    case "namePattern":
      return [pattern.name];
    case "defaultPattern":
      return boundNames(pattern.pattern);
    case "listPattern":
      return pattern.elements.flatMap((element) => (element ? boundNames(element.pattern) : []));
    case "recordPattern":
      return [
        ...pattern.entries.map((entry) => entry.pattern),
        ...(pattern.rest ? [pattern.rest] : []),
      ].flatMap(boundNames);
    case "placePattern":
      return [];
  }
}
