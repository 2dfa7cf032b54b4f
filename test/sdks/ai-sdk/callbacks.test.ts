import { describe } from "vitest";
import { testSdk } from "../../support/sdk-cases.ts";

const imports = {
  py: "",
  ts: `
    import { anthropic } from "@ai-sdk/anthropic";
    import {
      customProvider, defaultInstructionsMiddleware, defaultSettingsMiddleware, Experimental_Agent, generateText,
      extractReasoningMiddleware, stepCountIs, streamText, ToolLoopAgent, wrapLanguageModel,
    } from "ai";
    const model = anthropic("claude-sonnet-5");
    const mark = { anthropic: { cacheControl: { type: "ephemeral" } } };
    const hour = { anthropic: { cacheControl: { type: "ephemeral", ttl: "1h" } } };
  `,
};
/** The messages of a list in a program, the last one with a mark. */
const markLast = (list: string) =>
  `${list}.map((m, i) => (i === ${list}.length - 1 ? { ...m, providerOptions: mark } : m))`;
const claude = "anthropic anthropic claude-sonnet-5";
const marked = `${claude}\nsystem 0 text | Rules\nmessages 0.0 user text | Hi\n-- explicit messages`;

describe("prepareStep", () => {
  testSdk("ai-sdk", imports, [
    {
      name: "marks the last message of the step",
      ts: `await generateText({
        model, system: "Rules", prompt: "Hi", stopWhen: stepCountIs(9),
        prepareStep: ({ messages }) => ({ messages: ${markLast("messages")} }),
      });`,
      gives: marked,
    },
    {
      name: "marks messages in place",
      ts: `await streamText({
        model, system: "Rules", messages: [{ role: "user", content: "Hi" }],
        prepareStep: async ({ messages }) => { messages.at(-1).providerOptions = mark; return { messages }; },
      });`,
      gives: marked,
    },
    {
      name: "gives other instructions and another model",
      ts: `await generateText({
        model, system: "Rules", prompt: "Hi",
        prepareStep: () => ({ system: "Other rules", model: anthropic("claude-haiku-4-5") }),
      });`,
      gives: "anthropic anthropic claude-haiku-4-5\nsystem 0 text | Other rules\nmessages 0.0 user text | Hi",
    },
    {
      name: "changes something in some steps",
      ts: `await generateText({
        model, system: "Rules", prompt: "Hi",
        prepareStep: ({ stepNumber }) => (stepNumber === 0 ? undefined : { system: "Later rules" }),
      });`,
      gives: `
        ${claude}
        system 0 text | Rules
        messages 0.0 user text | Hi
        ${claude}
        system 0 text | Later rules
        messages 0.0 user text | Hi
      `,
    },
    {
      name: "of an agent",
      ts: `
        const agent = new ToolLoopAgent({
          model, instructions: "Rules", prepareStep: ({ messages }) => ({ messages: ${markLast("messages")} }),
        });
        await agent.generate({ prompt: "Hi" });
      `,
      gives: marked,
    },
  ]);
});

describe("agents", () => {
  testSdk("ai-sdk", imports, [
    {
      name: "of the name in version 5",
      ts: `
        const agent = new Experimental_Agent({ model, system: "Rules" });
        await agent.stream({ messages: [{ role: "user", content: "Hi", providerOptions: mark }] });
      `,
      gives: marked,
    },
    {
      name: "whose call is prepared",
      ts: `
        const agent = new ToolLoopAgent({
          model,
          prepareCall: ({ options, ...rest }) => ({
            ...rest, instructions: { role: "system", content: options.rules, providerOptions: hour },
          }),
        });
        await agent.generate({ prompt: "Hi", options: { rules: "Rules" } });
      `,
      gives: `${claude}\nsystem 0 text | Rules\n-- explicit system 1h\nmessages 0.0 user text | Hi`,
    },
  ]);
});

describe("middleware", () => {
  testSdk("ai-sdk", imports, [
    {
      name: "marks the last message",
      ts: `
        const wrapped = wrapLanguageModel({
          model,
          middleware: { transformParams: async ({ params }) => ({ ...params, prompt: ${markLast("params.prompt")} }) },
        });
        await generateText({ model: wrapped, system: "Rules", prompt: "Hi" });
      `,
      gives: marked,
    },
    {
      name: "marks the system message, which stands among the messages",
      ts: `
        const caching = { transformParams: async ({ params }) => {
          const prompt = params.prompt.map((m) => (m.role === "system" ? { ...m, providerOptions: hour } : m));
          return { ...params, prompt };
        } };
        const wrapped = wrapLanguageModel({ model, middleware: [caching] });
        await generateText({ model: wrapped, system: "Rules", prompt: "Hi" });
      `,
      gives: `${claude}\nsystem 0 text | Rules\n-- explicit system 1h\nmessages 0.0 user text | Hi`,
    },
    {
      name: "that may read a mark under a name of the program's own",
      ts: `
        const translate = (options, name) => { options[name] = options.own; delete options.own; };
        const translating = (name) => ({ transformParams: async ({ params }) => {
          for (const message of params.prompt) if (message.providerOptions) translate(message.providerOptions, name);
          return params;
        } });
        const own = { own: { cache_control: { type: "ephemeral" } } };
        const wrapped = wrapLanguageModel({ model, middleware: [translating(model.provider)] });
        await generateText({ model: wrapped, messages: [{ role: "user", content: "Hi", providerOptions: own }] });
      `,
      gives: `${claude}\nmessages 0.0 user text | Hi`,
    },
    {
      name: "of the SDK, which leaves a mark under another name where it is",
      ts: `
        const own = { own: { cache_control: { type: "ephemeral" } } };
        const wrapped = wrapLanguageModel({ model, middleware: [extractReasoningMiddleware({ tagName: "think" })] });
        await generateText({ model: wrapped, messages: [{ role: "user", content: "Hi", providerOptions: own }] });
      `,
      gives: `
        ${claude}
        messages 0.0 user text | Hi
        ! ignored: The Anthropic provider of the AI SDK never looks at \`own.cache_control\`, so this mark is dropped.
      `,
    },
    {
      name: "with defaults for options and instructions",
      ts: `
        const wrapped = wrapLanguageModel({
          model,
          middleware: [
            defaultSettingsMiddleware({ settings: { providerOptions: mark } }),
            defaultInstructionsMiddleware({ instructions: "Rules" }),
          ],
        });
        await generateText({ model: wrapped, prompt: "Hi" });
      `,
      gives: `${claude}\nsystem 0 text | Rules\nmessages 0.0 user text | Hi\n-- automatic messages`,
    },
    {
      name: "of a provider of one's own",
      ts: `
        const own = customProvider({ languageModels: { chat: wrapLanguageModel({ model, middleware: {} }) } });
        await generateText({ model: own.languageModel("chat"), prompt: "Hi" });
      `,
      gives: `${claude}\nmessages 0.0 user text | Hi`,
    },
  ]);
});

describe("the gateway", () => {
  testSdk("ai-sdk", imports, [
    {
      name: "marks the end of the system text by itself",
      ts: `await generateText({
        model: "anthropic/claude-sonnet-5", system: "Rules", prompt: "Hi",
        providerOptions: { gateway: { caching: "auto" } },
      });`,
      gives: `
        anthropic other anthropic/claude-sonnet-5
        system 0 text | Rules
        -- injected system
        messages 0.0 user text | Hi
      `,
    },
  ]);
});
