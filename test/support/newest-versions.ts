import { behaviours, type Behaviour } from "../../src/sdks/behaviours.ts";
import type { CallContext } from "../../src/sdks/sdk.ts";

/** A file without any manifest around it: the newest versions are assumed. */
export const newestVersions: CallContext = {
  holds: (name) => (behaviours[name] as Behaviour).until === undefined,
  isStated: () => false,
};
