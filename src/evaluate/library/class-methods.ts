import type { ClassValue } from "../../value/value.ts";
import { spreadArguments } from "../calls.ts";
import { instantiate, isModel } from "../classes.ts";
import { derive } from "./arguments.ts";
import { parseText } from "./data-files.ts";
import type { LibraryFunction } from "./library.ts";

/** `Settings.model_validate(data)`: an object with the fields that the data have, and defaults for the others. */
const fromData: LibraryFunction<ClassValue> = ({ run, receiver, args: [data], span }) =>
  data && isModel(receiver)
    ? instantiate(run, receiver, spreadArguments(data.value, data.span), span)
    : undefined;

/** `Settings.model_validate_json(text)` */
const fromJson: LibraryFunction<ClassValue> = (call) => {
  const data = parseText(call) ?? derive("json.loads")(call);
  const [text] = call.args;
  return data && text && fromData({ ...call, args: [{ ...text, value: data }] });
};

/** Methods that models inherit from Pydantic, called on the class. */
export const classMethods: Readonly<Record<string, LibraryFunction<ClassValue>>> = {
  model_validate: fromData,
  parse_obj: fromData,
  model_validate_json: fromJson,
  parse_raw: fromJson,
};
