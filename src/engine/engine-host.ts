/** How the engine gets at files other than those it was given: imports and prompt files. */
export interface EngineHost {
  /** The text of a file, why it can't be had, or undefined where there is no such file. */
  readText(path: string): { readonly text: string } | { readonly problem: string } | undefined;
  /** Whether there is a file or folder of this path. */
  exists(path: string): boolean;
  /** The file of the repository that a bare JavaScript import names, if there is one. */
  resolveModule?(fromFile: string, specifier: string): string | undefined;
}
