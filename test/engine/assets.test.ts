import { describe, expect, test } from "vitest";
import { dedent } from "../support/dedent.ts";
import { handbook } from "../support/handbook.ts";
import { lintTexts } from "../support/lint-texts.ts";

type Texts = Readonly<Record<string, string>>;

/** The requests in some files: one line each for what sends it and for its segments. */
function requestsIn(texts: Texts, lint?: readonly string[]): readonly string[] {
  const sources = Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, dedent(text)]));
  const { requests, files } = lintTexts(sources, { only: [], ...(lint && { lint }) });
  return requests.flatMap(({ at, sdk, dialect, modelId, segments, checkpoints }) => [
    `${at.file}:${files.get(at.file)?.positionAt(at.start).line} ${sdk} ${dialect ?? "?"} ${modelId ?? "?"} marks ${checkpoints.length}`,
    ...segments.map(({ region, role, scope, preview }) => `  ${region} ${role ?? "-"} ${scope} | ${preview}`),
  ]);
}

describe("Dotprompt", () => {
  test("roles, history, defaults and a partial", () => {
    const texts = {
      "desk.prompt": `
        ---
        model: anthropic/claude-sonnet-4-5
        input:
          default: {brand: Acme}
        ---
        {{role "system"}}Rules of {{brand}}. {{>style}}
        {{history}}
        {{role "user"}}{{question}}
      `,
      "_style.prompt": "Be brief.",
    };
    expect(requestsIn(texts)).toEqual([
      "desk.prompt:6 dotprompt anthropic anthropic/claude-sonnet-4-5 marks 0",
      "  system system unknown | Rules of {brand}. Be brief.",
      "  messages - unknown | {history}",
      "  messages user turn | {question}",
    ]);
  });

  test("inputs without a default are given with each request, unless their names say that they last", () => {
    const text = `
      ---
      model: anthropic/claude-sonnet-4-5
      input:
        schema:
          results(array): string
          toneOfVoice: string
          topic?: string
          shop: string
        default: {shop: Fern}
      ---
      {{topic}}{{role "user"}}{{toneOfVoice}}{{role "user"}}{{shop}}{{role "user"}}{{#each results}}{{title}}{{/each}}
    `;
    expect(requestsIn({ "desk.prompt": text }).slice(1, 4)).toEqual([
      "  messages user turn | {topic}",
      "  messages user unknown | {toneOfVoice}",
      "  messages user unknown | {shop}",
    ]);
  });

  test("a file without roles is one message of the user", () => {
    expect(requestsIn({ "a.prompt": "Hi {{customer_id}}" })).toEqual([
      "a.prompt:1 dotprompt ? ? marks 0",
      "  messages user tenant | Hi {customer_id}",
    ]);
  });
});

describe("Prompty", () => {
  test.each([
    { version: "1", model: "configuration: {azure_deployment: gpt-5.6}" },
    { version: "2", model: "id: gpt-5.6" },
  ])("roles and model of version $version", ({ model }) => {
    const text = `
      ---
      model:
        ${model}
      ---
      system:
      Rules{% if strict %} without exception{% endif %}.

      user:
      {{question}}
    `;
    const found = requestsIn({ "a.prompty": text });
    expect(found).toContain("  system system static | Rules without exception.");
    expect(found).toContain("  messages user turn | {question}");
    expect(found[0]).toBe("a.prompty:5 prompty openai gpt-5.6 marks 0");
  });
});

describe("templates", () => {
  test.each([
    {
      path: "prompts/system.j2",
      line: "  system system turn | Hi {question}",
      text: "Hi {{ question }}",
    },
    {
      path: "src/answer_prompt.hbs",
      line: "  messages user turn | Hi {question}",
      text: "Hi {{question}}",
    },
    {
      path: "prompts/a.j2",
      line: "  messages user turn | {q}",
      text: "{# promptlint-scope: q=turn #}{{ q }}",
    },
    { path: "prompts/b.j2", line: "  messages user request | {now()}", text: "{{ now() }}" },
    { path: "prompts/c.j2", line: "  messages user day | {now().date()}", text: "{{ now().date() }}" },
    {
      path: "prompts/e.j2",
      line: "  messages user unknown | {constructor | toString}",
      text: "{{ constructor | toString }}",
    },
    { path: "prompts/d.j2", line: "  messages user request | {now}", text: "{{ now }}" },
    {
      path: "prompts/a.hbs",
      line: "  messages user static | {question}",
      text: "{{! promptlint-scope: static }}{{question}}",
    },
  ])("$path", ({ path, text, line }) => {
    expect(requestsIn({ [path]: text })).toContain(line);
  });

  test.each([
    { name: "a page", path: "README.md", text: "Use {{question}}" },
    { name: "a page about prompts", path: "docs/prompts/intro.md", text: "Use {{question}}" },
    { name: "a template of something else", path: "roles/nginx.conf.j2", text: "{{ question }}" },
    { name: "a web page", path: "prompts/view.hbs", text: "<!DOCTYPE html>{{question}}" },
    { name: "a partial", path: "prompts/_part.hbs", text: "{{question}}" },
  ])("not $name", ({ path, text }) => {
    expect(requestsIn({ [path]: text }, [path])).toEqual([]);
  });

  test("a part of another template is judged there", () => {
    const texts = { "prompts/a.j2": "A {% include 'b.j2' %}", "prompts/b.j2": "B {{ question }}" };
    expect(requestsIn(texts).filter((line) => !line.startsWith(" "))).toEqual([
      "prompts/a.j2:1 template ? ? marks 0",
    ]);
  });

  test("a template that code fills is judged where it is sent", () => {
    const texts = {
      "main.py": `
        import anthropic, jinja2
        env = jinja2.Environment(loader=jinja2.FileSystemLoader("prompts"))
        anthropic.Anthropic().messages.create(
            model="claude-sonnet-4-5", max_tokens=9, messages=[],
            system=env.get_template("a.j2").render(question="always this one"))
      `,
      "prompts/a.j2": "A {{ question }}",
    };
    expect(requestsIn(texts)).toEqual([
      "main.py:3 anthropic-python anthropic claude-sonnet-4-5 marks 0",
      "  system system static | A always this one",
    ]);
  });
});

describe("CloudFormation", () => {
  const head = `
    Resources:
      P:
        Type: AWS::Bedrock::Prompt
        Properties:
          Variants:
            - ModelId: !Ref Model
              TemplateConfiguration:
  `;

  test("a chat with tools and marks", () => {
    const text = `${dedent(head).trimEnd()}
            Chat:
              InputVariables: [{Name: q}]
              System:
                - Text: !Sub "Rules of \${Stage}."
                - CachePoint: {Type: default}
              Messages:
                - Role: user
                  Content: [{Text: "Answer {{q}}"}]
              ToolConfiguration:
                Tools:
                  - ToolSpec: {Name: find, InputSchema: {Json: {type: object}}}
`;
    expect(requestsIn({ "stack.yaml": text })).toEqual([
      "stack.yaml:6 bedrock-prompt converse ? marks 1",
      '  tools - static | {"name": "find", "parameters": {"type": "object"}}',
      '  system system deploy | Rules of {"Rules of ${Stage}."}.',
      "  messages user turn | Answer {q}",
    ]);
  });

  test("a text in JSON", () => {
    const text = JSON.stringify({
      Resources: {
        P: {
          Type: "AWS::Bedrock::Prompt",
          Properties: {
            Variants: [
              {
                ModelId: "amazon.nova-pro-v1:0",
                TemplateConfiguration: { Text: { Text: 'A\n"b" {{q}}', CachePoint: { Type: "default" } } },
              },
            ],
          },
        },
      },
    });
    expect(requestsIn({ "stack.json": text })).toEqual([
      "stack.json:1 bedrock-prompt converse amazon.nova-pro-v1:0 marks 1",
      '  messages user turn | A "b" {q}',
    ]);
  });

  test("the body of CreatePrompt", () => {
    const text = `{"variants": [{"templateType": "TEXT", "templateConfiguration": {"text": {"text": "A {{q}}"}}}]}`;
    expect(requestsIn({ "prompt.json": text })).toContain("  messages user turn | A {q}");
  });
});

describe("Terraform", () => {
  const prompt = (chat: string): string => `locals {
  style = "Be brief."
}
resource "aws_bedrockagent_prompt" "desk" {
  name = "desk"
  variant {
    name     = "v1"
    model_id = "anthropic.claude-sonnet-4-5-20250929-v1:0"
    template_configuration {
      chat {
${chat}
        message {
          role = "user"
          content { text = "{{question}}" }
        }
        input_variable { name = "question" }
      }
    }
  }
}
`;
  const mark = `system {
  cache_point { type = "default" }
}`;

  test.each([
    {
      name: "a heredoc, locals and variables",
      chat: `system {
  text = <<-EOT
    Rules of \${var.brand}.
    \${local.style}
  EOT
}`,
      line: "  system system deploy | Rules of {var.brand}. Be brief.",
    },
    {
      name: "a value alone",
      chat: "system { text = var.rules }",
      line: "  system system deploy | {var.rules}",
    },
    {
      name: "a local alone",
      chat: "system { text = local.style }",
      line: "  system system static | Be brief.",
    },
    {
      name: "a text that a file has",
      chat: 'system { text = trimspace(file("${path.module}/rules.txt")) }',
      line: "  system system static | The rules.",
    },
    {
      name: "a placeholder under a condition",
      chat: 'system { text = "A %{ if var.x }{{question}}%{ endif }" }',
      line: "  system system unknown | A {%{ if var.x }{{question}}%{ endif }}",
    },
    {
      name: "a block that is repeated",
      chat: `dynamic "system" {
  for_each = var.rules
  content { text = "Rule \${system.value}" }
}`,
      line: "  system system deploy | Rule {system.value}",
    },
    {
      name: "a tool",
      chat: `tool_configuration {
  tool {
    tool_spec {
      name = "find"
      input_schema { json = jsonencode({ type = "object" }) }
    }
  }
}`,
      line: '  tools - static | {"name": "find", "parameters": {"type": "object"}}',
    },
  ])("$name", ({ chat, line }) => {
    expect(requestsIn({ "main.tf": prompt(chat), "rules.txt": "The rules." })).toContain(line);
  });

  const only = ["no-dynamic-prefix", "no-dynamic-checkpoint"];

  test("a placeholder in front of a cache point is named where it stands", () => {
    const text = prompt(
      `system {\n  text = <<-EOT\n    ${handbook}\n    On {{question}}.\n  EOT\n}\n${mark}`,
    );
    const { findings } = lintTexts({ "main.tf": text }, { only });
    expect(findings.map(({ ruleId, at }) => [ruleId, at.file, text.slice(at.start, at.end)])).toEqual([
      ["no-dynamic-checkpoint", "main.tf", "{{question}}"],
    ]);
    expect(findings[0]?.at.start).toBe(text.indexOf("{{question}}"));
  });

  test.each([
    { name: "a prompt that changes behind its cache point only", chat: `system { text = "R" }\n${mark}` },
    {
      name: "a comment",
      chat: `# promptlint-disable-next-line\nsystem { text = "{{question}}" }\n${mark}`,
    },
    {
      name: "a comment that states a scope",
      chat: `# promptlint-scope: question=static\nsystem { text = "{{question}}" }\n${mark}`,
    },
  ])("nothing is wrong with $name", ({ chat }) => {
    const { findings, requests } = lintTexts({ "main.tf": prompt(chat) }, { only });
    expect([findings.length, requests.length]).toEqual([0, 1]);
  });

  test("what cannot be read is a problem, and the prompt behind it is found", () => {
    const text = `output "x" {\n  value = "a\n}\n${prompt(mark)}`;
    const { problems, requests } = lintTexts({ "main.tf": text }, { only });
    expect([problems.map(({ span }) => text.slice(span.start, span.end)), requests.length]).toEqual([
      ['"'],
      1,
    ]);
  });
});

describe("prompts of Bedrock that code creates", () => {
  test.each([
    {
      path: "app.ts",
      text: `
        import { aws_bedrock as bedrock } from "aws-cdk-lib";
        new bedrock.CfnPrompt(this, "P", { name: "p", variants: [{ modelId: "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
          templateConfiguration: { text: { text: "A {{q}}", cachePoint: { type: "default" } } } }] });
      `,
    },
    {
      path: "app.py",
      text: `
        import boto3
        boto3.client("bedrock-agent").create_prompt(name="p", variants=[{
            "modelId": "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
            "templateConfiguration": {"text": {"text": "A {{q}}", "cachePoint": {"type": "default"}}}}])
      `,
    },
  ])("$path", ({ path, text }) => {
    const [head, segment] = requestsIn({ [path]: text });
    expect(head).toMatch(/ bedrock-prompt converse us\.anthropic\.claude-sonnet-4-5-20250929-v1:0 marks 1$/);
    expect(segment).toMatch(/^ {2}messages user turn \| A \{/);
  });
});

describe("promptfoo", () => {
  const config = `
    providers: ["anthropic:messages:claude-sonnet-4-5"]
    defaultTest: {vars: {shop: Fern, guide: file://guide.md}}
    tests:
      - vars: {letter: one, tone: kind, one: 1}
      - vars: {letter: two, tone: kind}
  `;

  test.each([
    {
      name: "what tests share is known",
      prompt: "{{shop}} {{tone}} {{guide}}",
      line: "static | Fern kind The guide.",
    },
    { name: "what differs changes with each request", prompt: "{{letter}}", line: "turn | {letter}" },
    {
      name: "a list stands for several tests",
      prompt: "{{many}}",
      line: "turn | {many}",
      more: "many: [a, b]",
    },
    { name: "one test shows nothing", prompt: "{{one}}", line: "unknown | {one}" },
    { name: "the environment", prompt: "{{env.STAGE}}", line: "deploy | {env.STAGE}" },
  ])("$name", ({ prompt, line, more = "none: 0" }) => {
    const text = `prompts:\n  - "${prompt}"\n${dedent(config).replace("guide.md", `guide.md, ${more}`)}`;
    const found = requestsIn({ "promptfooconfig.yaml": text, "guide.md": "The guide." }, [
      "promptfooconfig.yaml",
    ]);
    expect(found).toContain(`  messages user ${line}`);
  });

  test("a comment of YAML states a scope", () => {
    const text = `# promptlint-scope: letter=session\nprompts: ["{{letter}}"]\n${dedent(config)}`;
    expect(requestsIn({ "promptfooconfig.yaml": text })).toContain("  messages user session | {letter}");
  });

  test("a chat in a file of its own", () => {
    const texts = {
      "promptfooconfig.yaml": `prompts: [file://chat.yaml]\n${dedent(config)}`,
      "chat.yaml": "- {role: system, content: 'For {{shop}}'}\n- {role: user, content: '{{letter}}'}\n",
    };
    expect(requestsIn(texts)).toEqual([
      "promptfooconfig.yaml:1 promptfoo anthropic claude-sonnet-4-5 marks 0",
      "  system system static | For Fern",
      "  messages user turn | {letter}",
    ]);
  });

  const differing: readonly { name: string; config: string; more: Readonly<Record<string, string>> }[] = [
    {
      name: "a table",
      config: "tests: file://tests.csv",
      more: { "tests.csv": 'letter,shop,__expected\n"one, ""two""",Fern,x\nthree,Fern,y\n' },
    },
    {
      name: "a file of tests",
      config: "tests: [file://tests.yaml]",
      more: { "tests.yaml": "- vars: {letter: one, shop: Fern}\n- vars: {letter: two, shop: Fern}\n" },
    },
    {
      name: "lines of JSON",
      config: "tests: file://tests.jsonl",
      more: {
        "tests.jsonl":
          '{"vars": {"letter": "a", "shop": "Fern"}}\n{"vars": {"letter": "b", "shop": "Fern"}}\n',
      },
    },
    {
      name: "scenarios",
      config:
        "scenarios: [{config: [{vars: {shop: Fern}}], tests: [{vars: {letter: one}}, {vars: {letter: two}}]}]",
      more: {},
    },
  ];
  test.each(differing)("values of tests in $name", ({ config: tests, more }) => {
    const text = `prompts: ["{{shop}} {{letter}}"]\nproviders: ["openai:gpt-5.2"]\n${tests}\n`;
    expect(requestsIn({ "promptfooconfig.yaml": text, ...more }, ["promptfooconfig.yaml"])).toEqual([
      "promptfooconfig.yaml:1 promptfoo openai gpt-5.2 marks 0",
      "  messages user turn | Fern {letter}",
    ]);
  });

  test("a chat that is the text of a prompt", () => {
    const text = `prompts:\n  - |\n    [{"role": "system", "content": "Say \\"hi\\""},\n     {"role": "user", "content": "{{letter}}"}]\n${dedent(config)}`;
    expect(requestsIn({ "promptfooconfig.yaml": text })).toEqual([
      "promptfooconfig.yaml:2 promptfoo anthropic claude-sonnet-4-5 marks 0",
      '  system system static | Say "hi"',
      "  messages user turn | {letter}",
    ]);
  });

  test("several prompts in one file", () => {
    const texts = {
      "promptfooconfig.yaml": `prompts: file://desk.txt\n${dedent(config)}`,
      "desk.txt": `{{letter}} ${handbook}\n---\n${handbook} {{letter}}\n`,
    };
    const { findings } = lintTexts(texts, { lint: ["promptfooconfig.yaml"] });
    expect(findings.map(({ ruleId, at }) => `${ruleId} ${at.file}:${at.start}`)).toEqual([
      "no-static-after-dynamic desk.txt:0",
    ]);
  });

  test.each([
    { name: "the first", providers: "[openai:gpt-5.2, anthropic:messages:claude-3-5-haiku-20241022]" },
    { name: "any other", providers: "[anthropic:messages:claude-3-5-haiku-20241022, openai:gpt-5.2]" },
    { name: "one with settings", providers: "[{'openai:gpt-5.2': {config: {temperature: 0}}}]" },
    { name: "one with an id", providers: "[{id: 'openai:gpt-5.2', label: gpt}]" },
  ])("what matters to a provider is found, be it $name", ({ providers }) => {
    const short = handbook.slice(0, handbook.length * 0.6);
    const tests = "tests: [{vars: {letter: one}}, {vars: {letter: two}}]";
    const text = `prompts: [file://desk.txt]\nproviders: ${providers}\n${tests}\n`;
    const texts = { "promptfooconfig.yaml": text, "desk.txt": `{{letter}} ${short}` };
    const { findings } = lintTexts(texts, { lint: ["promptfooconfig.yaml"] });
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(["no-static-after-dynamic"]);
  });

  test("prompts that a function makes are left out", () => {
    expect(requestsIn({ "promptfooconfig.yaml": `prompts: [prompts.py:make]\n${dedent(config)}` })).toEqual(
      [],
    );
  });
});

describe("LangChain", () => {
  test.each([
    {
      name: "a saved prompt",
      data: {
        _type: "prompt",
        input_variables: ["q"],
        partial_variables: { a: "X" },
        template: "{a} {{b}} {q}",
      },
      lines: ["  messages user turn | X {b} {q}"],
    },
    {
      name: "another format of templates",
      data: {
        _type: "prompt",
        template_format: "jinja2",
        input_variables: ["q"],
        template: "{{ q | upper }}",
      },
      lines: ["  messages user turn | {q | upper}"],
    },
    {
      name: "examples",
      data: {
        _type: "few_shot",
        input_variables: ["q"],
        prefix: "P",
        examples: [{ i: "1" }, { i: "2" }],
        example_prompt: { _type: "prompt", input_variables: ["i"], template: "<{i}>" },
        suffix: "{q}",
      },
      lines: ["  messages user turn | P<1><2>{q}"],
    },
    {
      name: "a serialised chat",
      data: {
        lc: 1,
        type: "constructor",
        id: ["langchain", "prompts", "chat", "ChatPromptTemplate"],
        kwargs: {
          input_variables: ["q"],
          messages: [
            {
              lc: 1,
              id: ["x", "SystemMessagePromptTemplate"],
              kwargs: { prompt: { lc: 1, kwargs: { template: "S {q}", input_variables: ["q"] } } },
            },
          ],
        },
      },
      lines: ["  system system turn | S {q}"],
    },
    {
      name: "a serialised chat with a history",
      data: {
        lc: 1,
        type: "constructor",
        id: ["langchain_core", "prompts", "chat", "ChatPromptTemplate"],
        kwargs: {
          messages: [{ lc: 1, id: ["x", "MessagesPlaceholder"], kwargs: { variable_name: "past" } }],
        },
      },
      lines: [expect.stringMatching(/^ {2}messages - unknown/)],
    },
    {
      name: "a saved chat",
      data: {
        _type: "chat",
        messages: [
          { prompt: { _type: "prompt", input_variables: ["q"], template: "S {q}" }, role: "system" },
        ],
      },
      lines: ["  system system turn | S {q}"],
    },
  ])("$name", ({ data, lines }) => {
    expect(requestsIn({ "prompt.json": JSON.stringify(data) }).slice(1)).toEqual(lines);
  });
});

describe("several bodies in one file", () => {
  test("under names, with anchors and merged keys", () => {
    const text = `
      defaults: &defaults {model: claude-sonnet-4-5, max_tokens: 9}
      rules: &rules |
        Be brief.
      first:
        <<: *defaults
        system: [{type: text, text: *rules, cache_control: {type: ephemeral}}]
        messages: [{role: user, content: One}]
      others:
        - request:
            <<: *defaults
            messages: [{role: user, content: Two}]
          response: {stop_reason: end_turn}
    `;
    expect(requestsIn({ "fixtures.yaml": text })).toEqual([
      "fixtures.yaml:5 json anthropic claude-sonnet-4-5 marks 1",
      "  system system static | Be brief.",
      "  messages user static | One",
      "fixtures.yaml:10 json anthropic claude-sonnet-4-5 marks 0",
      "  messages user static | Two",
    ]);
  });
});

test("a mark under an anchor stands where it is merged in", () => {
  const texts = {
    "request.yaml": dedent(`
      model: claude-sonnet-4-5
      max_tokens: 400
      x-mark: &mark
        cache_control: {type: ephemeral}
      system:
        - {type: text, text: one, <<: *mark}
      messages:
        - {role: user, content: Hello}
    `),
  };
  const places = lintTexts(texts, { only: ["min-prefix-tokens"] }).findings.map(({ at }) =>
    texts[at.file as keyof typeof texts].slice(at.start, at.end),
  );
  expect(places).toEqual(["<<: *mark"]);
});
