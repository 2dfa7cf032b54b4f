import type { AssetContext } from "../../src/sdks/sdk.ts";

/** The context of a file that stands alone and is no template. */
export const alone: AssetContext = {
  render: (text) => text,
  readText: () => undefined,
  readData: () => [],
  parseJson: () => undefined,
};
