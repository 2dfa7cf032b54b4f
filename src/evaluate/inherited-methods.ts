import { libraryObject } from "../value/library-object.ts";
import type { OpaqueValue, RecordValue } from "../value/value.ts";
import { findMember } from "./class-members.ts";
import { isModel } from "./classes.ts";

/** Methods models and named tuples have from bases that are not in view. */
export const modelMethods = /^(?:model_dump|model_copy|dict|copy|_replace|_asdict)$/;

/** Names every dict has: they are not looked for among its unknown keys. */
export function callMethodExists(name: string): boolean {
  return /^(?:get|items|keys|values|update|pop|setdefault|copy|hasOwnProperty|toString)$/.test(name);
}

/**
 * The object as the library sees it that has a method, where its class is in view and does not have the method itself.
 * Undefined where the method is in view, or no library's.
 */
export function inheritedFrom(receiver: RecordValue, name: string): OpaqueValue | undefined {
  const { class: type } = receiver;
  if (!type || receiver.entries.has(name) || callMethodExists(name)) return undefined;
  const isKnown = findMember(type, name) ?? findMember(type, "__getattr__");
  return isKnown ? undefined : inheritedObject(receiver);
}

/** The object as the library sees it whose class its own one inherits; undefined for models, which only hold data. */
export function inheritedObject(object: RecordValue): OpaqueValue | undefined {
  return object.class && !isModel(object.class) ? libraryObject(object) : undefined;
}
