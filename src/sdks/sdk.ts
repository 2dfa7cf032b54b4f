import type { LoweredRequest } from "../request/request.ts";
import type { Span } from "../source/source-file.ts";
import type { CallEvent, Value } from "../value/value.ts";

/** One way people send requests: says which calls send one and lowers them to a wire dialect. */
export interface Sdk {
  readonly name: string;
  /**
   * The requests a call sends (several for a batch), or undefined when it is none of this SDK's calls. Called for
   * every call the evaluator cannot step into, at the moment of the call: values may change afterwards, so the
   * result must hold no list or record of the event.
   */
  fromCall?(call: CallEvent): readonly LoweredRequest[] | undefined;
  /** The requests a value in a data file is (JSON, YAML), or undefined. `span` is the value's own. */
  fromData?(value: Value, span: Span): readonly LoweredRequest[] | undefined;
}
