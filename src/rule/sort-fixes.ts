import type { Dialect } from "../request/request.ts";
import { isUnstable, type Order } from "../value/scope.ts";
import type { HolePart, OrderEvidence, Value } from "../value/value.ts";
import type { Change, PlannedFix } from "./fix.ts";
import { isSentAsWritten } from "./mark-fixes.ts";
import type { RequestView } from "./request-view.ts";

/** What a sort changes: for certain where all elements can be compared, else for a person to look at. */
export interface SortFixes {
  readonly fix?: PlannedFix;
  readonly suggestions?: readonly PlannedFix[];
}

/** Orders of collections whose elements are compared by themselves: names, paths, words. */
const orders: ReadonlySet<Order> = new Set<Order>(["process", "filesystem"]);

/** Listings that give something else than paths. */
const otherListings = /scandir|withFileTypes|walk\(/;

/** Sorts a collection where its elements are read, if they are surely texts or paths. */
export function sortElements(view: RequestView, { order, span }: OrderEvidence): SortFixes {
  const source = view.sourceText(span);
  if (!orders.has(order) || otherListings.test(source)) return {};
  const plan = (onlyTexts: boolean): PlannedFix => {
    const change: Change = { kind: "sort", at: span, by: { kind: "element" }, onlyTexts };
    return { description: "Sort the elements.", changes: [change] };
  };
  // What a folder lists are names or paths.
  const isListing = order === "filesystem";
  return { fix: plan(!isListing), suggestions: isListing ? [] : [plan(false)] };
}

/** Prints a record with sorted keys, where nothing but the order of its keys is not fixed. */
export function sortKeys({ hole }: HolePart): SortFixes {
  const { origin } = hole;
  if (origin.kind !== "operation" || origin.operator !== "json") return {};
  const [printed] = origin.operands;
  if (!printed || printed.type === "list" || holdsUnstableList(printed, 0)) return {};
  const change: Change = { kind: "addArgument", at: hole.span, name: "sort_keys", value: true };
  return { fix: { description: "Sort the keys.", changes: [change] } };
}

/** Deepest nesting that is looked at. */
const maximumDepth = 8;

function holdsUnstableList(value: Value, depth: number): boolean {
  if (depth > maximumDepth) return true;
  if (value.type === "list") {
    return (
      isUnstable(value.order.order) || value.elements.some((one) => holdsUnstableList(one.value, depth + 1))
    );
  }
  if (value.type !== "record") return value.type === "opaque" && depth > 0 && isUnstable(value.order);
  return [...value.entries.values()].some((entry) => holdsUnstableList(entry.value, depth + 1));
}

/** Where a tool has its name, by dialect. */
const namePaths: Readonly<Record<Dialect, readonly string[] | undefined>> = {
  anthropic: ["name"],
  converse: ["toolSpec", "name"],
  nova: ["toolSpec", "name"],
  openai: undefined,
  gemini: undefined,
};

/** Sorts tools: where their names are listed, or where the list is handed to the request, if no mark stands in it. */
export function sortTools(view: RequestView, evidence: OrderEvidence): SortFixes {
  const own = sortElements(view, evidence);
  const path = namePaths[view.dialect];
  const list = view.lists?.tools;
  if (!list || !path || !isSentAsWritten(view) || view.checkpoints.some(({ region }) => region === "tools"))
    return own;
  const change: Change = { kind: "sort", at: list, by: { kind: "field", path } };
  const atRequest = { description: "Sort the tools by name.", changes: [change] };
  return { ...own, suggestions: [...(own.suggestions ?? []), atRequest] };
}
