import { testValues } from "../support/test-values.ts";

testValues("loops over events", [
  {
    name: "each round has an event of another kind",
    py: `
      import uuid
      def build():
          seen = []
          for event in uuid.uuid4().events:
              if "start" in event:
                  seen.append("start")
              elif "delta" in event and True:
                  seen.append("delta")
              elif "stop" in event:
                  seen.append("stop")
              else:
                  seen.append("other")
          return seen`,
    ts: `
      export function build() {
        const seen: string[] = [];
        for (const event of crypto.randomUUID().events) {
          switch (event.type) {
            case "start":
              seen.push("start");
              break;
            case "delta":
              seen.push("delta");
              break;
            case "stop":
              seen.push("stop");
          }
        }
        return seen;
      }`,
    gives: `["start", "delta", "stop"]`,
  },
  {
    name: "kinds that are classes",
    py: `
      import uuid
      from events import Start, Delta, Stop
      def build():
          seen = []
          for event in uuid.uuid4().events:
              if isinstance(event, Start):
                  seen.append("start")
              elif isinstance(event, Delta) and True:
                  seen.append("delta")
              elif isinstance(event, Stop):
                  seen.append("stop")
          return seen`,
    ts: `
      import { Start, Delta, Stop } from "events-of-a-stream";
      export function build() {
        const seen: string[] = [];
        for (const event of crypto.randomUUID().events) {
          if (event instanceof Start) seen.push("start");
          else if (event instanceof Delta && true) seen.push("delta");
          else if (event instanceof Stop) seen.push("stop");
        }
        return seen;
      }`,
    gives: `["start", "delta", "stop"]`,
  },
  {
    name: "kinds that are asked for one after the other, by a name of their own",
    py: `
      import uuid
      def build():
          seen = []
          for event in uuid.uuid4().events:
              kind = event.get("type")
              if kind == "start":
                  seen.append("start")
              if kind == "delta":
                  seen.append("delta")
              if kind == "stop":
                  seen.append("stop")
          return seen`,
    ts: `
      export function build() {
        const seen: string[] = [];
        for (const event of crypto.randomUUID().events) {
          if (event.start) seen.push("start");
          else if (event.delta?.text) seen.push("delta");
          else if (event.stop) seen.push("stop");
        }
        return seen;
      }`,
    gives: `["start", "delta", "stop"]`,
  },
  {
    name: "two kinds are tried one by one",
    py: `
      import uuid
      def build():
          for block in uuid.uuid4().blocks:
              if block.type == "text":
                  return "text"
              elif block.type == "call":
                  return "call"
          return "none"`,
    gives: [`"none"`, `"text"`, `"call"`],
  },
]);
