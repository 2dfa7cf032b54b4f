import { accessPath } from "../value/inspect.ts";
import type { OpaqueValue, Value } from "../value/value.ts";

/** Operations inside each other that are gone through to find what a text is made of. */
const maximumDepth = 4;

/** Lists that are sent again, message for message, and not gone through with a request for each element. */
const conversations = /(?:messages?|history|conversation|transcript|turns)$/i;

/** Whether a value is, or is made from, an element of a list that is not in view: the item of a loop over it. */
export function isOfItem(value: Value, depth = 0): boolean {
  if (depth > maximumDepth) return false;
  switch (value.type) {
    case "opaque": {
      const { root } = accessPath(value);
      if (root.kind === "element") return !isConversation(root.of);
      return root.kind === "operation" && root.operands.some((operand) => isOfItem(operand, depth + 1));
    }
    case "text":
      return value.parts.some((part) => part.kind === "hole" && isOfItem(part.hole, depth + 1));
    case "list":
      return value.elements.some((element) => isOfItem(element.value, depth + 1));
    default:
      return false;
  }
}

function isConversation(list: OpaqueValue): boolean {
  const { root, steps } = accessPath(list);
  const name = steps.findLast((step) => step !== "()" && step !== "[]") ?? ("name" in root ? root.name : "");
  return conversations.test(name);
}
