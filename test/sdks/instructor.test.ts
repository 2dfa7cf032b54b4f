import { testSdk } from "../support/sdk-cases.ts";

const imports = {
  py: `
    import anthropic
    import boto3
    import instructor
    from anthropic import Anthropic, AsyncAnthropicBedrock
    from instructor.multimodal import Image, PDFWithCacheControl
    from litellm import completion
    from openai import OpenAI
    from pydantic import BaseModel
    CLAUDE = "claude-sonnet-4-5"
    MARK = {"cache_control": {"type": "ephemeral"}}
    class Ticket(BaseModel):
        """A ticket."""
        title: str
  `,
};

const tool = 'tools 0 tool | {"description": "A ticket.", "name": "Ticket", "parameters": <static>}';

testSdk("instructor", imports, [
  {
    name: "the response model stands in front of the system text",
    py: `
      client = instructor.from_anthropic(anthropic.Anthropic())
      client.messages.create(model=CLAUDE, max_tokens=9, response_model=Ticket,
          system=[{"type": "text", "text": "S", **MARK}], messages=[{"role": "user", "content": "Q"}])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      ${tool}
      system 0 text | S
      -- explicit system
      messages 0.0 user text | Q`,
  },
  {
    name: "OpenAI's method names, and system messages that are lifted out",
    py: `
      client = instructor.from_anthropic(Anthropic())
      client.chat.completions.create_with_completion(model=CLAUDE, response_model=Ticket, messages=[
          {"role": "system", "content": [{"type": "text", "text": "S", "cache_control": {"type": "ephemeral", "ttl": "1h"}}]},
          {"role": "user", "content": [{"type": "text", "text": "B", **MARK}, {"type": "text", "text": "Q"}]}])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      ${tool}
      system 0 text | S
      -- explicit system 1h
      messages 0.0 user text | B
      -- explicit messages
      messages 0.1 user text | Q`,
  },
  {
    name: "a JSON mode has no tool",
    py: `
      client = instructor.from_anthropic(Anthropic(), mode=instructor.Mode.ANTHROPIC_JSON)
      client.create(model=CLAUDE, response_model=Ticket, messages=[{"role": "user", "content": "Q"}])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | Q`,
  },
  {
    name: "a client by the name of its provider",
    py: `
      client = instructor.from_provider("anthropic/claude-sonnet-4-5", async_client=True)
      async def ask(question):
          return await client.create(response_model=None, messages=[{"role": "user", "content": question}])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      messages 0.0 user text | <turn>`,
  },
  {
    name: "placeholders that the context fills, and files",
    py: `
      client = instructor.from_anthropic(AsyncAnthropicBedrock())
      async def ask(question):
          return await client.messages.create(model=CLAUDE, context={"question": question, "brand": "Acme"}, messages=[
              {"role": "user", "content": [PDFWithCacheControl.from_url("a.pdf"), Image.from_path("b.png"), "{{ brand }}: {{ question }}"]}])`,
    gives: `
      anthropic bedrock claude-sonnet-4-5
      messages 0.0 user document | a.pdf
      -- explicit messages
      messages 0.1 user image | b.png
      messages 0.2 user text | Acme: <turn>`,
  },
  {
    name: "OpenAI, Bedrock and LiteLLM",
    py: `
      messages = [{"role": "system", "content": "S"}, {"role": "user", "content": "Q"}]
      instructor.from_openai(OpenAI()).chat.completions.create(model="gpt-5", response_model=Ticket, prompt_cache_key="k", messages=messages)
      instructor.from_bedrock(boto3.client("bedrock-runtime")).chat.completions.create(modelId="us.amazon.nova-pro-v1:0",
          system=[{"text": "S"}, {"cachePoint": {"type": "default"}}], messages=[{"role": "user", "content": [{"text": "Q"}]}])
      instructor.from_litellm(completion).chat.completions.create(model="anthropic/claude-sonnet-4-5", messages=[
          {"role": "system", "content": "S", **MARK}, {"role": "user", "content": "Q"}])`,
    gives: `
      openai openai gpt-5
      ${tool}
      system 0 text | S
      messages 0.0 user text | Q
      converse bedrock us.amazon.nova-pro-v1:0
      system 0 text | S
      -- explicit system
      messages 0.0 user text | Q
      openai anthropic anthropic/claude-sonnet-4-5
      system 0 text | S
      -- explicit system
      messages 0.0 user text | Q`,
  },
  {
    name: "a client that was patched by hand, and one that is not in view",
    py: `
      client = instructor.Instructor(client=Anthropic(), create=instructor.patch(create=Anthropic().messages.create))
      messages = [{"role": "user", "content": [{"type": "text", "text": "B", **MARK}, {"type": "text", "text": "Q"}]}]
      client.chat.completions.create(model=CLAUDE, response_model=Ticket, messages=messages)
      def ask(client):
          client.chat.completions.create_with_completion(model=CLAUDE, response_model=Ticket, messages=messages)`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      ${tool}
      messages 0.0 user text | B
      -- explicit messages
      messages 0.1 user text | Q
      anthropic ? claude-sonnet-4-5
      ${tool}
      messages 0.0 user text | B
      -- explicit messages
      messages 0.1 user text | Q`,
  },
  {
    name: "a mark beside the content of a system message",
    py: `
      instructor.from_anthropic(Anthropic()).create(model=CLAUDE, response_model=None, messages=[
          {"role": "system", "content": "S", **MARK}, {"role": "user", "content": "Q"}])`,
    gives: `
      anthropic anthropic claude-sonnet-4-5
      system 0 text | S
      messages 0.0 user text | Q
      ! ignored: Instructor takes the content of a system message along and nothing beside it, so this mark is dropped.`,
  },
  {
    name: "other methods of the client",
    py: `
      client = instructor.from_anthropic(Anthropic())
      client.on("completion:kwargs", print)
      client.files.create(file="F")`,
    gives: ``,
  },
]);
