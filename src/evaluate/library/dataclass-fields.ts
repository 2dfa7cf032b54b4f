import { list, listElement, record, recordEntry, text } from "../../value/construct.ts";
import { classLine } from "../class-members.ts";
import { modelFields } from "../classes.ts";
import type { LibraryFunction } from "./library.ts";
import { first } from "./arguments.ts";

/** `dataclasses.fields(x)`: one object with a name for each field of a dataclass or of one of its instances. */
export const dataclassFields: LibraryFunction = (call) => {
  const value = first(call)?.value;
  const type = value?.type === "record" ? value.class : value?.type === "class" ? value : undefined;
  if (!type) return undefined;
  const names = [...new Set(modelFields(classLine(type)).map(({ member }) => member.name))];
  const { span } = call;
  return list(
    names.map((name) => listElement(record(span, [["name", recordEntry(text(name, span), span)]]), span)),
    span,
    "tuple",
  );
};
