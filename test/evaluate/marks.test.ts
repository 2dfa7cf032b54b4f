import { testValues } from "../support/test-values.ts";

testValues("marks put on after building", [
  {
    name: "on the last block",
    py: `
      blocks = [{"t": "a"}, {"t": "b"}]
      blocks[-1]["m"] = 1
      blocks`,
    ts: `
      const blocks: any[] = [{ t: "a" }, { t: "b" }];
      (blocks[blocks.length - 1] as any).m = 1;
      blocks`.replace("(blocks[blocks.length - 1] as any).m", "blocks[blocks.length - 1]!.m"),
    gives: `[{t: "a"}, {t: "b", m: 1}]`,
  },
  {
    name: "on the last block of the last message",
    py: `
      msgs = [{"content": [{"t": "a"}]}, {"content": [{"t": "b"}, {"t": "c"}]}]
      msgs[-1]["content"][-1]["m"] = 1
      msgs`,
    ts: `
      const msgs: any[] = [{ content: [{ t: "a" }] }, { content: [{ t: "b" }, { t: "c" }] }];
      msgs.at(-1)!.content.at(-1)!.m = 1;
      msgs`,
    gives: `[{content: [{t: "a"}]}, {content: [{t: "b"}, {t: "c", m: 1}]}]`,
  },
  {
    name: "on the last message of a parameter",
    py: `
      def build(messages):
          messages[-1]["m"] = 1
          return [m.get("m") for m in messages][-1]`,
    ts: `
      export function build(messages: Message[]) {
        messages.at(-1)!.m = 1;
        return messages[messages.length - 1]!.m;
      }`,
    gives: `1`,
  },
  {
    name: "by a loop from the end with break",
    py: `
      msgs = [{"role": "user"}, {"role": "assistant"}, {"role": "user"}, {"role": "assistant"}]
      for m in reversed(msgs):
          if m["role"] == "user":
              m["m"] = 1
              break
      msgs`,
    ts: `
      const msgs: any[] = [{ role: "user" }, { role: "assistant" }, { role: "user" }, { role: "assistant" }];
      for (let i = msgs.length - 1; i >= 0; i--) {
        if (msgs[i].role === "user") {
          msgs[i].m = 1;
          break;
        }
      }
      msgs`,
    gives: `[{role: "user"}, {role: "assistant"}, {role: "user", m: 1}, {role: "assistant"}]`,
  },
  {
    name: "on the last two by a count",
    py: `
      msgs = [{}, {}, {}]
      left = 2
      for m in reversed(msgs):
          if left == 0:
              break
          m["m"] = left
          left -= 1
      msgs`,
    ts: `
      const msgs: any[] = [{}, {}, {}];
      let left = 2;
      for (const m of [...msgs].reverse()) {
        if (left === 0) break;
        m.m = left--;
      }
      msgs`,
    gives: `[{}, {m: 1}, {m: 2}]`,
  },
  {
    name: "from Math.max(0, n - 3)",
    py: `
      msgs = [{}, {}, {}, {}]
      for i in range(max(0, len(msgs) - 3), len(msgs)):
          msgs[i]["m"] = 1
      msgs`,
    ts: `
      const msgs: any[] = [{}, {}, {}, {}];
      for (let i = Math.max(0, msgs.length - 3); i < msgs.length; i++) msgs[i].m = 1;
      msgs`,
    gives: `[{}, {m: 1}, {m: 1}, {m: 1}]`,
  },
  {
    name: "where i >= n - 2",
    py: `
      msgs = [{}, {}, {}]
      [{**m, "m": 1} if i >= len(msgs) - 2 else m for i, m in enumerate(msgs)]`,
    ts: `[{}, {}, {}].map((m, i, all) => (i >= all.length - 2 ? { ...m, m: 1 } : m))`,
    gives: `[{}, {m: 1}, {m: 1}]`,
  },
  {
    name: "the third from the end",
    py: `
      msgs = [{}, {}, {}, {}]
      msgs[-3] = {**msgs[-3], "m": 1}
      msgs`,
    ts: `
      const msgs: any[] = [{}, {}, {}, {}];
      msgs[msgs.length - 3] = { ...msgs[msgs.length - 3], m: 1 };
      msgs`,
    gives: `[{}, {m: 1}, {}, {}]`,
  },
  {
    name: "every second by i % n",
    py: `[{"m": 1} if i % 2 == 0 else {} for i in range(4)]`,
    ts: `[0, 1, 2, 3].map((i) => (i % 2 === 0 ? { m: 1 } : {}))`,
    gives: `[{m: 1}, {}, {m: 1}, {}]`,
  },
  {
    name: "taken off again",
    py: `
      blocks = [{"t": "a", "m": 1}, {"t": "b", "m": 1}]
      for b in blocks:
          b.pop("m", None)
      del blocks[0]["t"]
      blocks`,
    ts: `
      const blocks: any[] = [{ t: "a", m: 1 }, { t: "b", m: 1 }];
      blocks.forEach((b) => { delete b.m; });
      delete blocks[0]["t"];
      blocks`,
    gives: `[{}, {t: "b"}]`,
  },
  {
    name: "on a deep copy",
    py: `
      import copy
      msgs = [{"c": [{}]}]
      sent = copy.deepcopy(msgs)
      sent[-1]["c"][-1]["m"] = 1
      [msgs, sent]`,
    ts: `
      const msgs: any[] = [{ c: [{}] }];
      const sent = structuredClone(msgs);
      sent.at(-1)!.c.at(-1)!.m = 1;
      [msgs, sent]`,
    gives: `[[{c: [{}]}], [{c: [{m: 1}]}]]`,
  },
  {
    name: "on a shallow copy the inner blocks are shared",
    py: `
      msgs = [{"c": [{}]}]
      sent = [dict(m) for m in msgs]
      sent[-1]["x"] = 1
      sent[-1]["c"][-1]["m"] = 1
      [msgs, sent]`,
    ts: `
      const msgs: any[] = [{ c: [{}] }];
      const sent: any[] = msgs.map((m) => ({ ...m }));
      sent.at(-1)!.x = 1;
      sent.at(-1)!.c.at(-1)!.m = 1;
      [msgs, sent]`,
    gives: `[[{c: [{m: 1}]}], [{c: [{m: 1}], x: 1}]]`,
  },
  {
    name: "on a list copied by a slice, list() or copy()",
    py: `
      xs = [{}]
      a, b, c = xs[:], list(xs), xs.copy()
      a.append(1)
      b.append(2)
      c.append(3)
      [xs, a, b, c]`,
    ts: `
      const xs: any[] = [{}];
      const a = xs.slice(), b = [...xs], c = Array.from(xs);
      a.push(1);
      b.push(2);
      c.push(3);
      [xs, a, b, c]`,
    gives: `[[{}], [{}, 1], [{}, 2], [{}, 3]]`,
  },
  {
    name: "a text becomes a block with a mark",
    py: `
      msg = {"content": "hi"}
      if isinstance(msg["content"], str):
          msg["content"] = [{"type": "text", "text": msg["content"], "m": 1}]
      msg`,
    ts: `
      const msg: any = { content: "hi" };
      if (typeof msg.content === "string") msg.content = [{ type: "text", text: msg.content, m: 1 }];
      msg`,
    gives: `{content: [{type: "text", text: "hi", m: 1}]}`,
  },
  {
    name: "on the last message of a parameter",
    py: `
      def build(messages):
          messages[-1]["m"] = 1
          return [m.get("m") for m in messages[-2:]]`,
    ts: `
      export function build(messages: any[]) {
        messages[messages.length - 1].m = 1;
        return messages.slice(-2).map((m) => m.m);
      }`,
    gives: `[<unknown>, 1] cut 3`,
  },
  {
    name: "by findLastIndex",
    ts: `
      const msgs: any[] = [{ role: "user" }, { role: "user" }, { role: "assistant" }];
      const at = msgs.findLastIndex((m) => m.role === "user");
      msgs.map((m, i) => (i === at ? { ...m, m: 1 } : m))`,
    gives: `[{role: "user"}, {role: "user", m: 1}, {role: "assistant"}]`,
  },
  {
    name: "by an index from next()",
    py: `
      msgs = [{"role": "user"}, {"role": "user"}, {"role": "assistant"}]
      at = next(i for i in range(len(msgs) - 1, -1, -1) if msgs[i]["role"] == "user")
      msgs[at]["m"] = 1
      msgs`,
    gives: `[{role: "user"}, {role: "user", m: 1}, {role: "assistant"}]`,
  },
  {
    name: "by tools[-1] = {**tools[-1], ...}",
    py: `
      tools = [{"n": 1}, {"n": 2}]
      tools[-1] = {**tools[-1], "m": 1}
      tools`,
    ts: `
      const tools: any[] = [{ n: 1 }, { n: 2 }];
      const last = tools.pop()!;
      [...tools, { ...last, m: 1 }]`,
    gives: `[{n: 1}, {n: 2, m: 1}]`,
  },
]);

testValues("histories", [
  {
    name: "a list that a parameter brings is appended to from call to call",
    py: `
      def build(history, n):
          history.append("new")
          return len(history)`,
    ts: `
      export function build(history: string[], n: number) {
        history.push("new");
        return history.length;
      }`,
    gives: [`5`],
  },
  {
    name: "this.turns grows over calls",
    py: `
      class Chat:
          def __init__(self):
              self.turns = []
          def build(self, text):
              self.turns.append(text)
              return self.turns`,
    ts: `
      export class Chat {
        private turns: string[] = [];
        build(text: string) {
          this.turns.push(text);
          return this.turns;
        }
      }`,
    gives: `[<unknown>, <unknown>]`,
  },
  {
    name: "a history at module level grows over calls",
    py: `
      turns = []
      def build(text):
          turns.append(text)
          return turns`,
    ts: `
      const turns: string[] = [];
      export function build(text: string) {
        turns.push(text);
        return turns;
      }`,
    gives: `[<unknown>, <unknown>]`,
  },
  {
    name: "a sliding window cuts a long history",
    py: `
      turns = []
      def build():
          turns.append("t")
          return turns[-3:]`,
    ts: `
      const turns: string[] = [];
      export function build() {
        turns.push("t");
        return turns.slice(-3);
      }`,
    lengths: true,
    gives: [`["t", "t"]`, `["t", "t", "t"] cut 13`],
  },
  {
    name: "dropping the front in place",
    py: `
      turns = ["a", "b", "c"]
      while len(turns) > 2:
          turns.pop(0)
      turns`,
    ts: `
      const turns = ["a", "b", "c"];
      while (turns.length > 2) turns.shift();
      turns`,
    gives: `["b", "c"] cut 1`,
  },
  {
    name: "a slice of an iterator",
    py: `
      from itertools import islice
      turns = ["a", "b", "c"]
      [list(islice(turns, 2)), list(islice(turns, max(0, len(turns) - 2), None))]`,
    gives: `[["a", "b"], ["b", "c"] cut 1]`,
  },
  {
    name: "a deque of limited length",
    py: `
      from collections import deque
      turns = deque(["a", "b"], maxlen=2)
      turns.append("c")
      turns.appendleft("d")
      list(turns)`,
    gives: `["d", "b"] cut 1`,
  },
  {
    name: "a history kept by user",
    py: `
      from collections import defaultdict
      store = defaultdict(list)
      def build(user_id, text):
          store[user_id].append(text)
          return len(store[user_id])`,
    gives: `2`,
  },
]);

testValues("a mark that came in with a list that is not in view", [
  {
    name: "an element that has one",
    ts: `
      export const build = (tools: any[]) => tools.map((tool) => ("cachePoint" in tool ? "mark" : tool.name));`,
    py: `
      def build(tools):
          return ["mark" if "cachePoint" in tool else tool["name"] for tool in tools]`,
    gives: [
      `[<unknown>, <unknown>, <unknown>, <unknown>, "mark"]`,
      `[<unknown>, <unknown>, <unknown>, <unknown>, <unknown>]`,
    ],
  },
  {
    name: "a part of a kind of its own",
    ts: `
      import { Kinds } from "./elsewhere";
      export const build = (parts: any[]) => parts.map(({ mime }) => (mime === Kinds.CacheBreakpoint ? "mark" : "-"));`,
    gives: [`["-", "-", "-", "-", "mark"]`, `["-", "-", "-", "-", "-"]`],
  },
  {
    name: "what stands under a key of a table that is not in view",
    ts: `
      export const build = (table: any) =>
        Object.keys(table).map((name) => { const tool = table[name]; return tool.cached ? "mark" : "-"; });`,
    py: `
      def build(table):
          return ["mark" if table[name].cached else "-" for name in table.keys()]`,
    gives: [`["-", "-", "mark"]`, `["-", "-", "-"]`],
  },
  {
    name: "a flag of the whole",
    ts: `
      export const build = (parts: any[], cached: boolean) => parts.map(() => (cached ? "mark" : "-"));`,
    gives: [`["mark", "mark", "mark", "mark", "mark"]`, `["-", "-", "-", "-", "-"]`],
  },
]);
