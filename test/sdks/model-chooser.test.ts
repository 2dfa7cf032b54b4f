import { describe, expect, test } from "vitest";
import { chooserOf } from "../../src/sdks/model-chooser.ts";
import type { Value } from "../../src/value/value.ts";
import { build, called, from, imported, member, parameter } from "../support/build-value.ts";

const model = parameter("model");

function made(operator: string, ...operands: readonly Value[]): Value {
  return from({ kind: "operation", operator, operands }, operator);
}

const environment = from({ kind: "operation", operator: "environment", operands: [build("MODEL")] }, "env", {
  scope: "deploy",
  reason: "the environment",
});
const parser = called(imported("argparse", "ArgumentParser"));
const chosen = called(imported("choices", "choose"));

describe("chooserOf", () => {
  test.each<[string, Value, string | undefined]>([
    ["a parameter", model, "the parameter `model`"],
    [
      "a field of one",
      member(parameter("session"), "config", "model"),
      "the parameter `session.config.model`",
    ],
    [
      "an element of one",
      from({ kind: "element", of: parameter("models"), index: 0, length: 3 }, "element"),
      "an element of the parameter `models`",
    ],
    ["a setting", environment, "the environment"],
    ["an option", member(called(member(parser, "parse_args")), "model"), "the command line"],
    ["a text made of one", made("strip", model, build("models/")), "the parameter `model`"],
    ["a text with one in it", made("format", build("openai/"), environment), "the environment"],
    [
      "what is in a dict of one",
      from(
        { kind: "element", of: called(member(parameter("config"), "models", "values")), index: 0, length: 3 },
        "v",
      ),
      "an element of the parameter `config.models.values()`",
    ],
    [
      "a method of what is in a list of them",
      called(member(from({ kind: "element", of: parameter("models"), index: 0, length: 3 }, "e"), "pick")),
      undefined,
    ],
    ["what a method of a parameter gives", called(member(parameter("models"), "pick")), undefined],
    ["what a function out of view gives", chosen, undefined],
    ["a text with a part that was not followed", made("join", model, chosen), undefined],
  ])("%s", (_, value, expected) => {
    expect(chooserOf(value)).toBe(expected);
  });

  test("what was made of others too often is not followed", () => {
    let value: Value = model;
    for (let times = 0; times < 40; times++) value = made("strip", value);
    expect(chooserOf(value)).toBeUndefined();
  });
});
