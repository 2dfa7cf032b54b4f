import { testValues } from "../support/test-values.ts";

testValues("where an expression runs caps its scope", [
  {
    name: "a clock in a function",
    py: `
      from datetime import datetime
      def build():
          return datetime.now()`,
    ts: `export const build = () => new Date();`,
    gives: `<request>`,
  },
  {
    name: "a clock at module level",
    py: `
      from datetime import datetime
      START = datetime.now().isoformat()
      def build():
          return f"Started {START}"`,
    ts: `
      const START = new Date().toISOString();
      export const build = () => \`Started \${START}\`;`,
    gives: `"Started <process>"`,
  },
  {
    name: "a clock in a default argument",
    py: `
      import time
      def make(now=time.time()):
          return now
      def build():
          return make()`,
    gives: `<process>`,
  },
  {
    name: "a clock in a default argument of JavaScript",
    ts: `
      const make = (now = Date.now()) => now;
      export const build = () => make();`,
    gives: `<request>`,
  },
  {
    name: "a clock in a class attribute",
    py: `
      from datetime import datetime
      class Bot:
          STARTED = datetime.now()
          def build(self):
              return self.STARTED`,
    ts: `
      export class Bot {
        static STARTED = new Date();
        build() { return Bot.STARTED; }
      }`,
    gives: `<process>`,
  },
  {
    name: "a clock in a cached function",
    py: `
      from functools import lru_cache
      import datetime
      @lru_cache(maxsize=1)
      def started():
          return datetime.datetime.now()
      def build():
          return started()`,
    gives: `<process>`,
  },
  {
    name: "a clock in a memoized function",
    ts: `
      import { once } from "lodash";
      const started = once(() => Date.now());
      export const build = () => started();`,
    gives: `<process>`,
  },
  {
    name: "whether a pattern matches is as narrow as what it is held against",
    ts: `
      export const build = (question: string) => [/\\bwhy\\b/i.test(question), /^a+$/.test("aaa"), /b/.test("a")];`,
    gives: `[<turn?>, true, false]`,
  },
  {
    name: "a schema is as narrow as what it is built of",
    ts: `
      import { z } from "zod";
      const of = (names: string[]) => z.object({ name: z.enum(names).describe("A name."), count: z.number().int() });
      export const build = (question: string) => [of(["a", "b"]), of([question])];`,
    gives: `[<static>, <turn?>]`,
  },
  {
    name: "a cached function of the question",
    py: `
      from functools import cache
      import datetime
      @cache
      def prompt(question):
          return f"{question} {datetime.datetime.now()}"
      def build(question):
          return prompt(question)`,
    gives: `"<turn?> <request>"`,
  },
  {
    name: "the constructor of an object made at module level",
    py: `
      import time
      class Bot:
          def __init__(self):
              self.started = time.time()
      BOT = Bot()
      def build():
          return BOT.started`,
    ts: `
      class Bot {
        started = Date.now();
      }
      const bot = new Bot();
      export const build = () => bot.started;`,
    gives: `<process>`,
  },
  {
    name: "the constructor of an object made on the way",
    py: `
      import time
      class Bot:
          def __init__(self):
              self.started = time.time()
      def build():
          return Bot().started`,
    ts: `
      class Bot {
        started = Date.now();
      }
      export const build = () => new Bot().started;`,
    gives: `<request>`,
  },
  {
    name: "a function stored at module level is called on the way",
    py: `
      import time
      CONFIG = {"now": lambda: time.time()}
      def build():
          return CONFIG["now"]()`,
    ts: `
      const config = { now: () => Date.now() };
      export const build = () => config.now();`,
    gives: `<request>`,
  },
  {
    name: "a global that is filled at first use is one value",
    py: `
      import time
      _PROMPT = None
      def prompt():
          global _PROMPT
          if _PROMPT is None:
              _PROMPT = time.time()
          return _PROMPT
      def build():
          return prompt() == prompt()`,
    ts: `
      let prompt: number | undefined;
      const get = () => (prompt ??= Date.now());
      export const build = () => get() === get();`,
    gives: `true`,
  },
  {
    name: "a static clock cache in a class",
    ts: `
      export class Bot {
        static started = new Date().toISOString();
        static get text() { return Bot.started; }
        build() { return Bot.text; }
      }`,
    gives: `<process>`,
  },
  {
    name: "the environment",
    py: `
      import os
      NAME = os.environ["NAME"]
      def build():
          return [NAME, os.getenv("A"), os.environ.get("B", "b"), f"{os.environ['C']}"]`,
    gives: `[<deploy>, <deploy>, <deploy>, "<deploy>"]`,
  },
  {
    name: "the environment of JavaScript",
    ts: `
      const NAME = process.env.NAME;
      export const build = () => [NAME, process.env["A"], import.meta.env.VITE_B, \`\${process.env.C}\`];`,
    gives: `[<deploy>, <deploy>, <deploy>, "<deploy>"]`,
  },
  {
    name: "the process and the machine",
    py: `
      import os, socket, platform, sys, getpass, threading
      from pathlib import Path
      def build():
          return [os.getcwd(), socket.gethostname(), platform.system(), os.getpid(), str(Path.cwd()), Path.home(), getpass.getuser(), sys.argv[0]]`,
    gives: `[<process>, <process>, <process>, <process>, <process>, <process>, <process>, <process>]`,
  },
  {
    name: "the process and the machine of Node",
    ts: `
      import os from "node:os";
      import { hostname } from "os";
      export const build = () => [process.cwd(), os.hostname(), hostname(), process.pid, process.platform, os.homedir(), process.argv[2]];`,
    gives: `[<process>, <process>, <process>, <process>, <process>, <process>, <process>]`,
  },
  {
    name: "fresh ids",
    py: `
      import uuid, secrets, os
      from uuid import uuid4
      def build():
          return [str(uuid.uuid4()), uuid4().hex, secrets.token_hex(8), os.urandom(4)]`,
    ts: `
      import { randomUUID } from "node:crypto";
      import crypto from "crypto";
      import { v4 as uuidv4 } from "uuid";
      import { nanoid } from "nanoid";
      export const build = () => [randomUUID(), crypto.randomUUID(), uuidv4(), nanoid()];`,
    gives: `[<request>, <request>, <request>, <request>]`,
  },
  {
    name: "ids made from their arguments",
    py: `
      import uuid, hashlib
      [uuid.uuid5(uuid.NAMESPACE_URL, "x"), hashlib.sha256("x".encode()).hexdigest()]`,
    gives: `[<static>, <static>]`,
  },
  {
    name: "hashes in Node",
    ts: `
      import { createHash } from "node:crypto";
      import { v5 } from "uuid";
      export const build = () => [createHash("sha256").update("x").digest("hex"), v5("x", "y")];`,
    gives: `[<static>, <static>]`,
  },
  {
    name: "randomness",
    py: `
      import random
      def build():
          return [random.random(), random.choice(["a", "b"]), random.randint(1, 2)]`,
    ts: `
      export const build = () => [Math.random(), ["a", "b"][Math.floor(Math.random() * 2)], Math.round(Math.random())];`,
    gives: `[<request>, <request>, <request>]`,
  },
  {
    name: "a choice at random of one thing",
    ts: `
      const pick = <T>(of: T[]) => of[Math.floor(Math.random() * of.length)];
      export const build = (given: string[]) => [pick(["a"]), pick(["a", ...given])];`,
    gives: `["a", <request>]`,
  },
  {
    name: "random with a literal seed",
    py: `
      import random
      def build():
          rng = random.Random(7)
          return [rng.choice(["a", "b"]), rng.random(), rng.sample(["a", "b"], 2)]`,
    gives: `[<static>, <static>, <static>]`,
  },
  {
    name: "what a user types",
    py: `
      def build():
          return input("> ")`,
    gives: `<turn>`,
  },
  {
    name: "a handler's request",
    py: `
      from fastapi import FastAPI, Request
      app = FastAPI()
      @app.post("/ask")
      async def build(body: dict):
          return body["question"]`,
    ts: `export async function build(req: Request) { return (await req.json()).text; }`,
    gives: `<request>`,
  },
  ...Object.entries({
    "Hono's context": "(c: any) => c.req.json()",
    "Koa's context": "(ctx: any) => ctx.request.body.text",
    "Fastify's request": "(request: any, reply: any) => request.body.text",
    "the argument of a loader": "({ request }: any) => request.formData()",
    "a form": "(form: FormData) => form.get('text')",
  }).map(([name, build]) => ({
    name: `a handler's request: ${name}`,
    ts: `export const build = async ${build};`,
    gives: /form$/.test(name) ? `<request>` : `<request?>`,
  })),
  ...[
    { written: "req", says: "request?" },
    { written: "req: any", says: "request?" },
    { written: "req: VercelRequest, res: VercelResponse", says: "request?" },
    { written: "req: ChatRequest", says: "unknown" },
  ].map(({ written, says }) => ({
    name: `a parameter that is named so: ${written}`,
    ts: `export const build = (${written}) => req.text;`,
    gives: `<${says}>`,
  })),
  {
    name: "a request that is no handler's",
    ts: `export const build = (request: any, job: any) => [request.text, job.request];`,
    gives: `[<unknown>, <unknown>]`,
  },
  {
    name: "a clock that a schema has for a missing value",
    ts: `
      import { z } from "zod";
      const Given = z.object({ now: z.string().default(() => new Date().toISOString()), desk: z.string().default("A") });
      export const build = () => { const { now, desk } = Given.parse({}); return [now, desk]; };`,
    gives: `[<request>, "A"]`,
  },
  {
    name: "the load of the machine, taken apart",
    py: `
      import os
      def build():
          one, five, fifteen = os.getloadavg()
          return f"Load {one:.2f}"`,
    gives: `"Load <request>"`,
  },
  {
    name: "a Lambda event",
    py: `
      def handler(event, context):
          return event["body"]
      def build():
          return handler`,
    gives: `function handler`,
  },
  {
    name: "retrieval",
    py: `
      def build(store, question):
          return store.similarity_search(question)`,
    ts: `export const build = (store: any, question: string) => store.similaritySearch(question);`,
    gives: `<turn>`,
  },
  {
    name: "a retriever that is handed in",
    py: `
      def build(retriever, question):
          return retriever.invoke(question)`,
    ts: `export const build = (store: any, question: string) => store.asRetriever().invoke(question);`,
    gives: `<turn?>`,
  },
  {
    name: "other things that are invoked",
    py: `
      def build(chain, topic):
          return chain.invoke(topic)`,
    ts: `export const build = (chain: any, topic: string) => chain.invoke(topic);`,
    gives: `<unknown>`,
  },
  {
    name: "a request that a framework keeps in a global",
    py: `
      from flask import request, session
      def build():
          return [
              request.headers["X-Trace"],
              request.json["question"],
              request.get_json()["user_name"],
              session["history"],
          ]`,
    gives: `[<request>, <request>, <user?>, <unknown>]`,
  },
  {
    name: "who sends the request, by the name that a framework gives",
    py: `
      from flask_login import current_user
      def build():
          return [current_user, current_user.plan]`,
    gives: `[<user?>, <user?>]`,
  },
  {
    name: "pages fetched by clients",
    py: `
      import aiohttp, httpx, requests
      async def build(topic):
          async with httpx.AsyncClient(timeout=10) as client, aiohttp.ClientSession() as session:
              first = await client.get("https://kb.example.org", params={"q": topic})
              second = await session.get("https://kb.example.org")
              return [first.json()["text"], await second.text(), requests.Session().get("https://kb.example.org").text]`,
    gives: `[<turn? server>, <turn?>, <turn? server>]`,
  },
  {
    name: "what commands print",
    py: `
      import os, subprocess
      def build():
          return [
              subprocess.check_output(["git", "--no-pager", "status", "--short"], text=True),
              subprocess.run("git diff", shell=True, capture_output=True).stdout,
              subprocess.check_output(["git", "rev-parse", "HEAD"]),
              os.popen("date").read(),
              subprocess.getoutput("date +%Y-%m-%d"),
          ]`,
    gives: `[<turn?>, <turn?>, <unknown>, <request>, <day>]`,
  },
  {
    name: "the request of a view of Django",
    py: `
      def build(request):
          return [request.GET["page"], request.META["HTTP_USER_AGENT"], request.size]`,
    gives: `[<request?>, <request?>, <unknown>]`,
  },
  {
    name: "what commands print, in Node",
    ts: `
      import { execSync, spawnSync } from "node:child_process";
      export const build = () => [
        execSync("git status --short", { encoding: "utf8" }),
        spawnSync("git", ["diff"]).stdout,
        execSync("git rev-parse HEAD"),
      ];`,
    gives: `[<turn?>, <turn?>, <unknown>]`,
  },
  {
    name: "random numbers of generators",
    py: `
      import random
      def build():
          return [random.SystemRandom().random(), random.Random().randint(1, 6), random.Random(7).random()]`,
    gives: `[<request>, <request>, <static>]`,
  },
  {
    name: "a fetched page has what the server has, in its order",
    py: `
      import requests
      def build(url):
          return requests.get(url).text`,
    gives: `<turn? server>`,
  },
  {
    name: "a fetched page",
    ts: `export const build = async (url: string) => (await fetch(url)).text();`,
    gives: `<turn?>`,
  },
  {
    name: "an unknown call stays unknown",
    py: `
      from lib import load
      def build():
          return load()`,
    ts: `
      import { load } from "lib";
      export const build = () => load();`,
    gives: `<unknown>`,
  },
  {
    name: "an unknown value made at module level",
    py: `
      from lib import load
      PROMPT = load()
      def build():
          return PROMPT`,
    ts: `
      import { load } from "lib";
      const PROMPT = load();
      export const build = () => PROMPT;`,
    gives: `<unknown>`,
  },
  {
    name: "a derived value is as narrow as its narrowest part",
    py: `
      import hashlib, os, time
      def build():
          return hashlib.md5(f"{os.environ['A']}{time.time()}".encode()).hexdigest()`,
    ts: `
      import { createHash } from "crypto";
      export const build = () => createHash("md5").update(process.env.A + String(Date.now())).digest("hex");`,
    gives: `<request>`,
  },
  {
    name: "the address in a default text",
    py: `
      class Bot: pass
      def build():
          return f"{Bot()}"`,
    gives: `"<process>"`,
  },
  {
    name: "what a client hands over with each request as a list may be the same again",
    ts: `
      export async function POST(request: Request) {
        return null;
      }
      export async function build(request: Request) {
        const { tools, question } = await request.json();
        return [question, tools.map((tool) => tool.name)[0]];
      }`,
    gives: `[<request>, <unknown>]`,
  },
  {
    name: "what a step has cost, a counter of the process and one of a call",
    py: `
      import itertools
      from client import send
      numbers = itertools.count()
      def build():
          lines = itertools.count(1)
          return [send().usage.output_tokens, next(numbers), f"{next(lines)}"]`,
    gives: `[<turn>, <request>, "<unknown>"]`,
  },
  {
    name: "what waits in a queue is new each time",
    py: `
      import asyncio
      import queue
      async def build():
          lines = asyncio.Queue()
          number, line = await lines.get()
          return [line, queue.Queue(maxsize=4).get(timeout=2)]`,
    gives: `[<turn?>, <turn?>]`,
  },
  {
    name: "fresh values of other packages, and an id made of a text",
    py: `
      import shortuuid
      import ulid
      from bson import ObjectId
      from faker import Faker
      fake = Faker()
      def build():
          return [shortuuid.uuid(), ulid.new(), ObjectId(), ObjectId("65a1"), fake.city()]`,
    gives: `[<request>, <request>, <request>, <unknown>, <request>]`,
  },
  {
    name: "generators with and without a seed, made for a call and for the process",
    py: `
      import random
      import numpy as np
      for_all = random.Random(7)
      system = np.random.default_rng()
      drawn = random.Random(7).random()
      def build():
          return [for_all.random(), system.integers(9), drawn, random.Random(7).random(), np.random.default_rng(7).random()]`,
    gives: `[<request>, <request>, <process>, <static>, <static>]`,
  },
  {
    name: "a variable of the context goes by its name",
    py: `
      from contextvars import ContextVar
      one = ContextVar("request_id")
      two = ContextVar("tenant")
      three = ContextVar("options")
      def build():
          return [one.get(), two.get(), three.get()]`,
    gives: `[<request?>, <tenant?>, <unknown>]`,
  },
  {
    name: "rows in random order",
    py: `
      from sqlalchemy import func, select
      from models import Example
      def build(session):
          rows = session.scalars(select(Example).order_by(func.random()).limit(4))
          return [
              [row.text for row in rows][0],
              Example.objects.order_by("?")[0],
              session.scalars(select(Example).order_by(Example.id)),
          ]`,
    gives: `[<request>, <request>, <unknown>]`,
  },
  {
    name: "what an object keeps lives as long as the object",
    py: `
      import time
      from functools import cached_property
      class Prompt:
          @cached_property
          def header(self):
              return time.ctime()
      shared = Prompt()
      def build():
          return [shared.header, Prompt().header]`,
    gives: `[<process>, <request>]`,
  },
  {
    name: "a document at a fixed address",
    py: `
      import requests
      def build():
          return requests.get("https://books.test/1342/1342-0.txt").text`,
    ts: `
      export const build = async () => await (await fetch("https://books.test/1342/1342-0.txt")).text();`,
    gives: `<deploy?>`,
  },
  {
    name: "types that are made while the program runs",
    py: `
      from enum import Enum
      from typing import Literal
      from pydantic import create_model
      def build(user, question):
          return [
              create_model("A", folder=(Literal["a", "b"], ...), why=(str, ...)),
              create_model("B", folder=(Literal[tuple(user.folders)], ...)),
              Enum("C", {name: name for name in question.names}),
          ]`,
    gives: `[<static>, <user?>, <turn?>]`,
  },
  {
    name: "commands in a template, the state of a repository, and what a machine has to do",
    ts: `
      import { $ } from "execa";
      import { simpleGit } from "simple-git";
      import { freemem } from "node:os";
      export const build = async () => [
        (await $\`git status\`).stdout, (await $\`git rev-parse HEAD\`).stdout, await simpleGit().diff(), freemem(),
      ];`,
    gives: `[<turn?>, <unknown>, <turn?>, <request>]`,
  },
  {
    name: "ids and numbers that libraries draw",
    ts: `
      import { customAlphabet } from "nanoid";
      import { createIdGenerator } from "ai";
      import { ObjectId } from "mongodb";
      import { faker } from "@faker-js/faker";
      import { redis } from "./redis.js";
      const short = customAlphabet("abc", 8);
      const next = createIdGenerator({ prefix: "x" });
      export const build = async (id: string) =>
        [short(), next(), new ObjectId(), new ObjectId(id), faker.person.firstName(), await redis.incr("n")];`,
    gives: `[<request>, <request>, <request>, <unknown>, <request>, <request?>]`,
  },
]);
