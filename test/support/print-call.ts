import { sdks } from "../../src/sdks/sdks.ts";
import type { CallEvent } from "../../src/value/value.ts";
import { newestVersions } from "./newest-versions.ts";
import { printRequest } from "./print-request.ts";

/** What the first SDK that knows a call makes of it: its name, then each request; `none` for no request. */
export function printCall(call: CallEvent): string {
  for (const sdk of sdks) {
    const requests = sdk.fromCall?.(call, newestVersions);
    if (requests) return requests.map((request) => `${request.sdk}\n${printRequest(request)}`).join("\n");
  }
  return "none";
}
