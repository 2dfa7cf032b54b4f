/*
 * Most configs say nothing of files and so turn the rules of JavaScript on everywhere, also in files of other
 * languages. Such a rule meets no node it knows there, but some ask for scopes, comments or types while they are made,
 * and ESLint stops if they cannot. What follows answers that there is nothing.
 */

/** What a rule is told of the scopes of a file that has none. */
export const noScope = {
  type: "global",
  isStrict: false,
  upper: null,
  variables: [],
  references: [],
  through: [],
  childScopes: [],
  set: new Map<string, never>(),
};

export const noScopes = { scopes: [], globalScope: noScope };

/** What a rule is told of types in a file that has none. */
export const noTypes = {
  program: { getTypeChecker: () => ({}), getCompilerOptions: () => ({}), getSourceFile: () => undefined },
  esTreeNodeToTSNodeMap: new Map<never, never>(),
  tsNodeToESTreeNodeMap: new Map<never, never>(),
};

/** Options that rules of JavaScript read without looking whether they are there. */
export const noOptions = { parserOptions: {} };
