import type {
  AssignStatement,
  ExportStatement,
  Expression,
  ImportedName,
  Statement,
} from "../../program/program.ts";
import { childOf, childrenOf, findChild, propertyOf, wordOf } from "./es-node.ts";
import type { EsNode } from "./es-node.ts";
import { name } from "./lowering.ts";
import type { Lowering } from "./lowering.ts";
import { lowerClass } from "./lower-class.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerFunction } from "./lower-function.ts";
import { lowerStatement } from "./lower-statement.ts";

/** Lowers an `import` declaration. Names imported as types beside others are left out. */
export function lowerImport(node: EsNode, lowering: Lowering): readonly Statement[] {
  const specifiers = childrenOf(node, "specifiers");
  const values = specifiers.filter((specifier) => !isTypeOnly(specifier, "importKind"));
  const typeOnly = isTypeOnly(node, "importKind") || (specifiers.length > 0 && values.length === 0);
  const names = (typeOnly ? specifiers : values).map((specifier): ImportedName => {
    const local = moduleName(childOf(specifier, "local"));
    return { imported: importedName(specifier), local, span: lowering.span(specifier) };
  });
  return [
    {
      kind: "import",
      module: moduleName(childOf(node, "source")),
      names,
      typeOnly,
      span: lowering.span(node),
    },
  ];
}

/** Lowers `import x = require("y")` and `import x = A.B`. */
export function lowerImportEquals(node: EsNode, lowering: Lowering): readonly Statement[] {
  const id = childOf(node, "id");
  const span = lowering.span(node);
  const typeOnly = isTypeOnly(node, "importKind");
  const reference = childOf(node, "moduleReference");
  if (reference.type === "TSExternalModuleReference") {
    const module = moduleName(childOf(reference, "expression"));
    const names = [{ imported: "*", local: wordOf(id, "name"), span: lowering.span(id) }];
    return [{ kind: "import", module, names, typeOnly, span }];
  }
  if (typeOnly) return [];
  const target = { kind: "namePattern", name: wordOf(id, "name"), span: lowering.span(id) } as const;
  return [{ kind: "assign", target, value: lowerExpression(reference, lowering), declare: "const", span }];
}

/** Lowers `export = x` to an assignment to `module.exports`. */
export function lowerExportEquals(node: EsNode, lowering: Lowering): readonly AssignStatement[] {
  const span = lowering.span(node);
  const place = {
    kind: "member",
    object: name("module", span),
    name: "exports",
    optional: false,
    span,
  } as const;
  const value = lowerExpression(childOf(node, "expression"), lowering);
  return [{ kind: "assign", target: { kind: "placePattern", place, span }, value, span }];
}

/** Lowers `export` in its forms; exports of types vanish. */
export function lowerExport(node: EsNode, lowering: Lowering): readonly Statement[] {
  if (isTypeOnly(node, "exportKind")) return [];
  if (node.type === "ExportAllDeclaration") return [lowerExportAll(node, lowering)];
  if (node.type === "ExportDefaultDeclaration") return lowerExportDefault(node, lowering);
  const declaration = findChild(node, "declaration");
  return declaration
    ? lowerExportedDeclaration(declaration, node, lowering)
    : lowerExportedNames(node, lowering);
}

function lowerExportAll(node: EsNode, lowering: Lowering): ExportStatement {
  const exported = findChild(node, "exported");
  return {
    kind: "export",
    names: [],
    module: moduleName(childOf(node, "source")),
    all: true,
    ...(exported && { allAs: moduleName(exported) }),
    span: lowering.span(node),
  };
}

/** A named function or class is declared, then exported by its name: it can also be called in its own file. */
function lowerExportDefault(node: EsNode, lowering: Lowering): readonly Statement[] {
  const span = lowering.span(node);
  const declaration = childOf(node, "declaration");
  const id = findChild(declaration, "id");
  if (id && declaration.type.endsWith("Declaration")) {
    const statements = lowerStatement(declaration, lowering);
    if (statements.length === 0) return [];
    return [
      ...statements,
      { kind: "export", names: [{ local: wordOf(id, "name"), exported: "default" }], span },
    ];
  }
  return lowerAnonymousDefault(declaration, lowering).map((value) => ({
    kind: "export",
    names: [],
    default: value,
    span,
  }));
}

/** The value of `export default` where nothing is named: an expression, a function or a class; none for a type. */
function lowerAnonymousDefault(declaration: EsNode, lowering: Lowering): readonly Expression[] {
  const span = lowering.span(declaration);
  switch (declaration.type) {
    case "ClassDeclaration":
      return [{ kind: "classExpression", class: lowerClass(declaration, lowering), span }];
    case "FunctionDeclaration":
      return [{ kind: "functionExpression", function: lowerFunction(declaration, lowering), span }];
    case "TSDeclareFunction":
    case "TSInterfaceDeclaration":
      return [];
    default:
      return [lowerExpression(declaration, lowering)];
  }
}

function lowerExportedDeclaration(
  declaration: EsNode,
  node: EsNode,
  lowering: Lowering,
): readonly Statement[] {
  return lowerStatement(declaration, lowering).map((statement) => ({
    kind: "export",
    declaration: statement,
    names: [],
    span: lowering.span(node),
  }));
}

function lowerExportedNames(node: EsNode, lowering: Lowering): readonly Statement[] {
  const source = findChild(node, "source");
  const specifiers = childrenOf(node, "specifiers");
  const names = specifiers
    .filter((specifier) => !isTypeOnly(specifier, "exportKind"))
    .map((specifier) => ({
      local: moduleName(childOf(specifier, "local")),
      exported: moduleName(childOf(specifier, "exported")),
    }));
  if (names.length === 0 && (!source || specifiers.length > 0)) return [];
  const module = source && moduleName(source);
  return [{ kind: "export", names, ...(module !== undefined && { module }), span: lowering.span(node) }];
}

function importedName(specifier: EsNode): string {
  switch (specifier.type) {
    case "ImportDefaultSpecifier":
      return "default";
    case "ImportNamespaceSpecifier":
      return "*";
    default:
      return moduleName(childOf(specifier, "imported"));
  }
}

/** The text of a module's path or of a name in an import or export, which may be a string: `export { a as "b c" }`. */
function moduleName(node: EsNode): string {
  const value = propertyOf(node, "value");
  return typeof value === "string" ? value : wordOf(node, "name");
}

/** Flow writes `import typeof`. */
function isTypeOnly(node: EsNode, key: "importKind" | "exportKind"): boolean {
  const kind = wordOf(node, key);
  return kind === "type" || kind === "typeof";
}
