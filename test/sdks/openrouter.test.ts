import { describe } from "vitest";
import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: `
    from openrouter import OpenRouter
    client = OpenRouter(api_key="k")
  `,
  ts: `
    import { callModel, OpenRouter } from "@openrouter/agent";
    import { OpenRouter as Router } from "@openrouter/sdk";
    const client = new Router({});
    const model = "anthropic/claude-sonnet-4.5";
  `,
};
const head = "openai other anthropic/claude-sonnet-4.5";
const marked = `${head}\nsystem 0 text | Rules\n-- explicit system\nmessages 0.0 user text | Hi`;

describe("the SDKs of OpenRouter", () => {
  testSdk("openrouter", imports, [
    {
      name: "a mark on a part",
      py: `
        client.chat.send(model="anthropic/claude-sonnet-4.5", messages=[
            {"role": "system", "content": [{"type": "text", "text": "Rules", "cache_control": {"type": "ephemeral"}}]},
            {"role": "user", "content": "Hi"},
        ])
      `,
      ts: `
        await client.chat.send({ model, messages: [
          { role: "system", content: [{ type: "text", text: "Rules", cacheControl: { type: "ephemeral" } }] },
          { role: "user", content: "Hi" },
        ] });
      `,
      gives: marked,
    },
    {
      name: "a body under its own key",
      ts: `
        await client.chat.send({ chatRequest: { model, messages: [
          { role: "system", content: [{ type: "text", text: "Rules", cacheControl: { type: "ephemeral" } }] },
          { role: "user", content: "Hi" },
        ] } });
      `,
      gives: marked,
    },
    {
      name: "the name of the wire, which is dropped",
      ts: `
        await client.chat.send({ chatRequest: { model, messages: [
          { role: "system", content: [{ type: "text", text: "Rules", cache_control: { type: "ephemeral" } }] },
          { role: "user", content: "Hi" },
        ] } });
      `,
      gives: `
        ${head}
        system 0 text | Rules
        messages 0.0 user text | Hi
        ! ignored: OpenRouter's SDK drops keys it does not know, and \`cache_control\` is one, so this mark is never sent.
      `,
    },
    {
      name: "Responses, with a mark for the whole request",
      py: `
        client.beta.responses.send(
            model="anthropic/claude-sonnet-4.5", instructions="Rules", input="Hi", cache_control={"type": "ephemeral"},
        )
      `,
      ts: `
        await client.beta.responses.send({ responsesRequest: {
          model, instructions: "Rules", input: "Hi", cacheControl: { type: "ephemeral" },
        } });
      `,
      gives: `${head}\nsystem 0 text | Rules\nmessages 0.0 user text | Hi\n-- automatic messages`,
    },
    {
      name: "calls of the agent",
      ts: `
        callModel(client, { model, instructions: "Rules", input: "Hi" });
        new OpenRouter({}).callModel({ model, instructions: "Rules", input: "Hi" });
      `,
      gives: `${head}\nsystem 0 text | Rules\nmessages 0.0 user text | Hi`,
    },
  ]);
});
