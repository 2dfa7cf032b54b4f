import { expect, test } from "vitest";
import { handbook } from "../support/handbook.ts";
import { lintTexts, type LintTextsOptions } from "../support/lint-texts.ts";

/** What is found in one template: the rule and the text it points at. */
function found(template: string, options: LintTextsOptions): readonly string[] {
  const { findings } = lintTexts({ "prompts/a.j2": template }, options);
  return findings.map(({ ruleId, at }) => `${ruleId} ${template.slice(at.start, at.end)}`);
}

test.each([
  {
    name: "a condition in front of the handbook",
    template: `{% if is_admin %}You may refund. {% endif %}${handbook}`,
    findings: ["no-conditional-prefix is_admin"],
  },
  {
    name: "a condition behind the handbook",
    template: `${handbook}{% if is_admin %} You may refund.{% endif %}`,
    findings: [],
  },
  {
    name: "a condition of the deployment",
    template: `{# promptlint-scope: beta=deploy #}{% if beta %}You may refund. {% endif %}${handbook}`,
    findings: [],
  },
])("arms are variants: $name", ({ template, findings }) => {
  const options = { model: "gpt-5.2", preset: "strict", only: ["no-conditional-prefix"] } as const;
  expect(found(template, options)).toEqual(findings);
});

test.each([
  {
    name: "a clock in front of it",
    template: `{{ now() }}{% for ticket in tickets %}- {{ ticket.title }}\n{% endfor %}${handbook}`,
    findings: ["no-static-after-dynamic {{ now() }}"],
  },
  {
    name: "the loop alone",
    template: `{% for ticket in tickets %}- {{ ticket.title }}\n{% endfor %}${handbook}`,
    findings: [],
  },
  {
    name: "a loop over what is stated to change",
    template: `{# promptlint-scope: passages=turn #}{% for passage in passages %}- {{ passage }}\n{% endfor %}${handbook}`,
    findings: ["no-static-after-dynamic {{ passage }}"],
  },
  {
    name: "a question in each round",
    template: `{% for ticket in tickets %}- {{ ticket.title }}\n{% endfor %}${handbook}{{ question }}`,
    findings: [],
  },
])("a loop over an unknown list: $name", ({ template, findings }) => {
  expect(found(template, { model: "claude-sonnet-4-5" })).toEqual(findings);
});
