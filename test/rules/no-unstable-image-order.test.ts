import { describe } from "vitest";
import rule from "../../rules/no-unstable-image-order.ts";
import { block, hole, literal, marked, request, viewOf } from "../support/request-builder.ts";
import type { SegmentKind } from "../../src/request/request.ts";
import { testViews } from "../support/run-on-views.ts";
import { testRule } from "../support/test-rule.ts";

const page = (kind: SegmentKind) =>
  block([hole("page", 12, { scope: "deploy" })], { kind, order: "filesystem", orderAt: 9, sampled: true });
const notes = (order: "filesystem" | "insertion") =>
  marked(block([literal("Read stamps, too.")], { order, orderAt: 9 }), 31);
const sources = { 9: "os.listdir(folder)" };

describe("requests built by hand", () => {
  testViews(rule, [
    {
      name: "pages in directory order in front of the checkpoint",
      view: viewOf(
        request({ messages: [[page("image"), page("image"), notes("filesystem")]] }),
        undefined,
        undefined,
        sources,
      ),
      found: [
        {
          id: "unstable",
          at: 9,
          message:
            "The order of the images or documents from `os.listdir(folder)` is not fixed: the file system decides it, and another " +
            "machine lists them in another order. After each change of order what stands in front of the checkpoint " +
            "at line 31 is written again (1.25x) instead of read (0.1x). Sort them by name before they are sent.",
        },
      ],
    },
    {
      name: "documents, too",
      view: viewOf(request({ messages: [[page("document"), notes("filesystem")]] })),
      found: [{ id: "unstable", at: 9 }],
    },
    {
      name: "pages behind the last checkpoint",
      view: viewOf(request({ messages: [[notes("filesystem"), page("image"), page("image")]] })),
      found: [],
    },
    {
      name: "text in directory order is a matter of another rule",
      view: viewOf(request({ messages: [[page("text"), notes("filesystem")]] })),
      found: [],
    },
    {
      name: "nothing is marked",
      view: viewOf(request({ messages: [[page("image"), page("image")]] })),
      found: [],
    },
  ]);
});

testRule(rule, {
  valid: [
    {
      name: "the folder is sorted",
      py: `
        from pathlib import Path
        import boto3

        bedrock = boto3.client("bedrock-runtime")

        def ask(folder: Path, question):
            pages = [{"image": {"format": "png", "source": {"bytes": page.read_bytes()}}} for page in sorted(folder.iterdir())]
            return bedrock.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                messages=[{"role": "user", "content": [*pages, {"cachePoint": {"type": "default"}}, {"text": question}]}],
            )
      `,
    },
    {
      name: "Promise.all keeps the order of its input",
      ts: `
        import { readFile } from "node:fs/promises";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const NAMES = ["front.png", "back.png"];

        export async function ask(question: string) {
          const pages = await Promise.all(
            NAMES.map(async (name) => ({
              type: "image" as const,
              source: { type: "base64" as const, media_type: "image/png" as const, data: await readFile(name, "base64") },
            })),
          );
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            messages: [
              {
                role: "user",
                content: [
                  ...pages,
                  { type: "text", text: "Two pages.", cache_control: { type: "ephemeral" } },
                  { type: "text", text: question },
                ],
              },
            ],
          });
        }
      `,
    },
  ],
  invalid: [
    {
      name: "a set of paths",
      py: `
        from pathlib import Path
        import boto3

        bedrock = boto3.client("bedrock-runtime")

        def ask(question):
            pages = []
            for page in {Path("front.png"), Path("back.png")}:  # both sides
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unstable
                pages.append({"image": {"format": "png", "source": {"bytes": page.read_bytes()}}})
            return bedrock.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                messages=[{"role": "user", "content": [*pages, {"cachePoint": {"type": "default"}}, {"text": question}]}],
            )
      `,
    },
    {
      name: "the folder as it is listed",
      py: `
        from pathlib import Path
        import boto3

        bedrock = boto3.client("bedrock-runtime")

        def ask(folder: Path, question):
            pages = [{"image": {"format": "png", "source": {"bytes": page.read_bytes()}}} for page in folder.iterdir()]
                                                                                                      ^^^^^^^^^^^^^^^^ unstable
            return bedrock.converse(
                modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
                messages=[{"role": "user", "content": [*pages, {"cachePoint": {"type": "default"}}, {"text": question}]}],
            )
      `,
    },
    {
      name: "images pushed as they are read",
      ts: `
        import { readFile } from "node:fs/promises";
        import Anthropic from "@anthropic-ai/sdk";

        const client = new Anthropic();
        const NAMES = ["front.png", "back.png"];

        export async function ask(question: string) {
          const pages: Anthropic.ImageBlockParam[] = [];
          await Promise.all(
            NAMES.map(async (name) => {
              const data = await readFile(name, "base64");
              pages.push({ type: "image", source: { type: "base64", media_type: "image/png", data } });
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unstable
            }),
          );
          return client.messages.create({
            model: "claude-sonnet-4-5",
            max_tokens: 500,
            messages: [
              {
                role: "user",
                content: [
                  ...pages,
                  { type: "text", text: "Two pages.", cache_control: { type: "ephemeral" } },
                  { type: "text", text: question },
                ],
              },
            ],
          });
        }
      `,
    },
  ],
});
