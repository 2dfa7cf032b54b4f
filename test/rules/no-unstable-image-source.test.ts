import rule from "../../rules/no-unstable-image-source.ts";
import { testRule } from "../support/test-rule.ts";

testRule(rule, {
  valid: [
    {
      name: "the bytes of a temporary file",
      py: `
        import tempfile
        from pathlib import Path
        import boto3

        client = boto3.client("bedrock-runtime")

        def ask(data, question):
            with tempfile.NamedTemporaryFile(suffix=".pdf", delete=False) as copy:
                copy.write(data)
            content = [
                {"document": {"format": "pdf", "name": "Lease", "source": {"bytes": Path(copy.name).read_bytes()}}},
                {"text": "The document is a lease."},
                {"cachePoint": {"type": "default"}},
                {"text": question},
            ]
            return client.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                messages=[{"role": "user", "content": content}],
            )
      `,
    },
    {
      name: "the bytes of a file",
      py: `
        import base64
        from pathlib import Path
        import anthropic

        client = anthropic.Anthropic()

        def ask(flat, question):
            data = base64.b64encode(Path(f"plans/{flat}.png").read_bytes()).decode()
            source = {"type": "base64", "media_type": "image/png", "data": data}
            content = [
                {"type": "image", "source": source, "cache_control": {"type": "ephemeral"}},
                {"type": "text", "text": question},
            ]
            return client.messages.create(
                model="claude-sonnet-4-5", max_tokens=500, messages=[{"role": "user", "content": content}]
            )
      `,
    },
    {
      name: "an address that stays the same",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();

        export function ask(flat: string, question: string) {
          const url = \`https://plans.example/\${flat}.png\`;
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            messages: [
              {
                role: "user",
                content: [
                  { type: "image", source: { type: "url", url }, cache_control: { type: "ephemeral" } },
                  { type: "text", text: question },
                ],
              },
            ],
          });
        }
      `,
    },
    {
      name: "a signed URL behind the last checkpoint",
      py: `
        from pathlib import Path
        import anthropic
        import boto3

        client = anthropic.Anthropic()
        s3 = boto3.client("s3")
        RULES = Path("handbook.md").read_text()

        def ask(flat):
            url = s3.generate_presigned_url("get_object", Params={"Bucket": "plans", "Key": flat})
            return client.messages.create(
                model="claude-sonnet-4-5",
                max_tokens=500,
                system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
                messages=[{"role": "user", "content": [{"type": "image", "source": {"type": "url", "url": url}}]}],
            )
      `,
    },
  ],
  invalid: [
    {
      name: "a document under the name of a temporary file",
      py: `
        import tempfile
        from pathlib import Path
        import boto3

        client = boto3.client("bedrock-runtime")

        def ask(data, question):
            with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
                copy.write(data)
            name = Path(copy.name).stem
            content = [
                {"document": {"format": "pdf", "name": name, "source": {"bytes": data}}},
                                                       ^^^^ source
                {"cachePoint": {"type": "default"}},
                {"text": question},
            ]
            return client.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                messages=[{"role": "user", "content": content}],
            )
      `,
    },
    {
      name: "a signed URL in front of the checkpoint",
      py: `
        import anthropic
        import boto3

        client = anthropic.Anthropic()
        s3 = boto3.client("s3")

        def ask(flat, question):
            url = s3.generate_presigned_url("get_object", Params={"Bucket": "plans", "Key": flat})
            image = {"type": "image", "source": {"type": "url", "url": url}}
                                                                       ^^^ source
            text = {"type": "text", "text": "The plan.", "cache_control": {"type": "ephemeral"}}
            content = [image, text, {"type": "text", "text": question}]
            return client.messages.create(
                model="claude-sonnet-4-5", max_tokens=500, messages=[{"role": "user", "content": content}]
            )
      `,
    },
    {
      name: "pictures of old turns are signed anew in each request",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
        import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";

        const client = new Anthropic();
        const s3 = new S3Client({});

        export async function answer(turns: { role: "user" | "assistant"; text: string; picture: string }[]) {
          const messages = await Promise.all(
            turns.map(async ({ role, text, picture }) => {
              const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: "plans", Key: picture }));
              const image = { type: "image" as const, source: { type: "url" as const, url } };
                                                                                      ^^^ source
              return { role, content: [image, { type: "text" as const, text }] };
            }),
          );
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            cache_control: { type: "ephemeral" },
            messages,
          });
        }
      `,
    },
    {
      name: "an object that is handed over signs the address",
      ts: `
        import Anthropic from "@anthropic-ai/sdk";
        import type { BlobClient } from "@azure/storage-blob";

        const client = new Anthropic();

        export async function answer(blob: BlobClient, text: string) {
          const url = await blob.generateSasUrl({ expiresOn: new Date(Date.now() + 60_000) });
          const image = { type: "image" as const, source: { type: "url" as const, url } };
                                                                                  ^^^ source
          const plan = { type: "text" as const, text: "The plan.", cache_control: { type: "ephemeral" as const } };
          const content = [image, plan, { type: "text" as const, text }];
          return client.messages.create({ model: "claude-sonnet-4-5", max_tokens: 500, messages: [{ role: "user", content }] });
        }
      `,
    },
  ],
});
