import type { Span } from "../../source/source-file.ts";
import { libraryName } from "../../value/inspect.ts";
import type { ArgumentValue, OpaqueValue, Value } from "../../value/value.ts";
import type { Run } from "../run.ts";
import { lengthOf } from "../texts.ts";
import { classMethods } from "./class-methods.ts";
import { javascriptFunctions } from "./javascript.ts";
import { listMethods } from "./list-methods.ts";
import { opaqueMethod } from "./opaque-methods.ts";
import { pythonFunctions } from "./python.ts";
import { recordMethods } from "./record-methods.ts";
import { renderCall, templateFunctions } from "./templates.ts";
import { textMethods } from "./text-methods.ts";

/** A call of a known library function or method. */
export interface LibraryCall<Receiver extends Value = Value> {
  readonly run: Run;
  readonly receiver: Receiver;
  /** Positional arguments in order. */
  readonly args: readonly ArgumentValue[];
  readonly named: ReadonlyMap<string, ArgumentValue>;
  readonly isNew: boolean;
  readonly isPython: boolean;
  readonly span: Span;
}

/** What a known function gives; undefined: this call is not one it knows. */
export type LibraryFunction<Receiver extends Value = Value> = (
  call: LibraryCall<Receiver>,
) => Value | undefined;

function makeCall<Receiver extends Value>(
  run: Run,
  receiver: Receiver,
  all: readonly ArgumentValue[],
  span: Span,
  isNew: boolean,
): LibraryCall<Receiver> {
  return {
    run,
    receiver,
    args: all.filter((argument) => argument.name === undefined),
    named: new Map(
      all.filter((argument) => argument.name !== undefined).map((argument) => [argument.name!, argument]),
    ),
    isNew,
    isPython: run.modules.languageOf(span.file) === "python",
    span,
  };
}

/** Calls a library function by its dotted name. */
export function callLibraryFunction(
  run: Run,
  callee: OpaqueValue,
  args: readonly ArgumentValue[],
  span: Span,
  isNew: boolean,
): Value | undefined {
  const name = libraryName(callee);
  if (name === undefined) return undefined;
  const call = makeCall<Value>(run, callee, args, span, isNew);
  const table = call.isPython ? pythonFunctions : javascriptFunctions;
  if (Object.hasOwn(table, name)) return table[name]!(call);
  if (Object.hasOwn(templateFunctions, name)) return templateFunctions[name]!(call);
  return renderCall(call, name);
}

/** Calls a method of a value by its name. */
export function callMethod(
  run: Run,
  receiver: Value,
  name: string,
  args: readonly ArgumentValue[],
  span: Span,
): Value | undefined {
  const find = <Receiver extends Value>(
    table: Readonly<Record<string, LibraryFunction<Receiver>>>,
    value: Receiver,
  ) => (Object.hasOwn(table, name) ? table[name]!(makeCall(run, value, args, span, false)) : undefined);
  switch (receiver.type) {
    case "text":
      run.spend(lengthOf(receiver.parts));
      return find(textMethods, receiver);
    case "list":
      return find(listMethods, receiver);
    case "record":
      return find(recordMethods, receiver);
    case "class":
      return find(classMethods, receiver) ?? (name === "toString" ? receiver : undefined);
    case "opaque":
      return opaqueMethod(makeCall(run, receiver, args, span, false), name);
    default:
      return name === "toString" ? receiver : undefined;
  }
}
