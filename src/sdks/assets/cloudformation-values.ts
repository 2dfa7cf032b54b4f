import type { Span } from "../../source/source-file.ts";
import { opaque } from "../../value/construct.ts";
import { asList, literalText } from "../../value/inspect.ts";
import type { OpaqueValue, TextPart, TextValue, Value } from "../../value/value.ts";

/**
 * What the functions of CloudFormation give: `Fn::Sub` a text with holes, `Fn::Join` a joined one, all others a value
 * that is fixed per deployment. Any other value is given back.
 */
export function resolveIntrinsics(value: Value): Value {
  if (value.type !== "record" || value.entries.size !== 1) return value;
  const [[name, entry]] = value.entries as unknown as [[string, { value: Value; span: Span }]];
  if (name === "Fn::Sub") {
    const source = asList(entry.value)?.elements[0]?.value ?? entry.value;
    return source.type === "text" ? substituted(source) : deployed("Fn::Sub", "", entry.span);
  }
  if (name === "Fn::Join") {
    const [separator, values] = asList(entry.value)?.elements ?? [];
    const glue = separator?.value.type === "text" ? separator.value.parts : [];
    const texts = (asList(values?.value)?.elements ?? []).map(({ value: each, span }) => partsOf(each, span));
    return {
      type: "text",
      parts: texts.flatMap((parts, index) => (index > 0 ? [...glue, ...parts] : parts)),
    };
  }
  if (name === "Ref" || name.startsWith("Fn::")) {
    return deployed(name, literalText(entry.value) ?? "", entry.span);
  }
  return value;
}

function partsOf(value: Value, span: Span): readonly TextPart[] {
  const resolved = resolveIntrinsics(value);
  if (resolved.type === "text") return resolved.parts;
  return resolved.type === "opaque" ? [{ kind: "hole", hole: resolved, span, frame: undefined }] : [];
}

/** `text with ${Name}`; `${!Name}` is `${Name}` as it stands. */
function substituted(source: TextValue): TextValue {
  const parts = source.parts.flatMap((part): readonly TextPart[] => {
    if (part.kind === "hole") return [part];
    return part.text.split(/(\$\{[^}]+\})/).flatMap((piece): readonly TextPart[] => {
      if (piece === "") return [];
      const name = /^\$\{([^}!][^}]*)\}$/.exec(piece)?.[1];
      if (name === undefined) return [{ ...part, text: piece.replace(/^\$\{!/, "${") }];
      return [
        { kind: "hole", hole: deployed("Fn::Sub", name, part.span), span: part.span, frame: undefined },
      ];
    });
  });
  return { type: "text", parts };
}

/** A value that is fixed per deployment. */
export function deployed(operator: string, name: string, span: Span): OpaqueValue {
  return opaque(
    { origin: { kind: "unknown", reason: operator }, key: `${operator}(${name})@${span.file}`, span },
    { scope: "deploy", confidence: "certain", reason: "the deployment" },
  );
}
