import { styleText } from "node:util";

type Style = (text: string) => string;

/** The few styles reports use; without colours each returns its text as it is. */
export interface Palette {
  readonly error: Style;
  readonly warning: Style;
  /** What holds: stable text, a checkpoint that is read. */
  readonly good: Style;
  readonly strong: Style;
  readonly faint: Style;
  /** Places and line numbers. */
  readonly place: Style;
}

const plain: Style = (text) => text;

/** The styles to print with. */
export function paletteFor(color: boolean): Palette {
  const style = (...formats: ("red" | "yellow" | "green" | "cyan" | "bold" | "dim")[]): Style =>
    // Whether there are colours was decided from the streams before: newer versions of Node would ask them again.
    color ? (text) => (text === "" ? "" : styleText(formats, text, { validateStream: false })) : plain;
  return {
    error: style("bold", "red"),
    warning: style("bold", "yellow"),
    good: style("green"),
    strong: style("bold"),
    faint: style("dim"),
    place: style("cyan"),
  };
}
