import { testValues } from "../support/test-values.ts";

testValues("hooks, wrappers, labels and guards", [
  {
    name: "a hook of the caller seldom steps in",
    ts: `
      export async function build(options?: { onPayload?: (x: unknown) => unknown }) {
        let params: unknown = { a: 1 };
        const next = await options?.onPayload?.(params);
        if (next !== undefined) params = next;
        return params;
      }`,
    py: `
      def build(on_payload=None):
          params = {"a": 1}
          if on_payload is not None:
              params = on_payload(params)
          return params`,
    gives: [`{a: 1}`, `<unknown>`],
  },
  {
    name: "what a tracer wraps is used like what it was given",
    py: `
      from tracing import wrap_client
      import models
      def build(tracer):
          client = tracer.wrap_client(models) if tracer else models
          return [client.name == models.name, wrap_client(models).name == models.name]`,
    gives: `[true, true]`,
  },
  {
    name: "a guard of several parts",
    py: `
      def build(model):
          if model and ("vertex" in model.lower() or "gemini" in model.lower()):
              return "plain"
          return "marked"`,
    ts: `
      export function build(model?: string) {
        if (model && (model.includes("vertex") || model.includes("gemini"))) return "plain";
        return "marked";
      }`,
    gives: [`"marked"`, `"plain"`],
  },
  {
    name: "breaking out of two loops by a label",
    ts: `
      const out: string[] = [];
      search: for (let i = 0; i < 3; i++) {
        for (const b of ["1", "2"]) {
          if (i === 1) break search;
          if (b === "2") continue search;
          out.push(i + b);
        }
        out.push("never");
      }
      out`,
    gives: `["01"]`,
  },
  {
    name: "a decorator in view around a method",
    py: `
      import functools
      def loud(function):
          @functools.wraps(function)
          def wrapper(self, *args, **kwargs):
              return function(self, *args, **kwargs) + "!"
          return wrapper
      def repeat(times):
          def decorator(function):
              def wrapper(*args):
                  return function(*args) * times
              return wrapper
          return decorator
      class Bot:
          name = "n"
          @loud
          def greet(self, who="you"):
              return self.name + who
          @repeat(2)
          @loud
          def rules(self):
              return "r"
          @property
          @loud
          def title(self):
              return "t"
          def build(self):
              return [self.greet("x"), self.greet(who="y"), self.rules(), self.title]`,
    ts: `
      function loud(method: Function, _context: unknown) {
        return function (this: unknown, ...args: unknown[]) { return method.apply(this, args) + "!"; };
      }
      export class Bot {
        name = "n";
        @loud greet(who = "you") { return this.name + who; }
        @loud rules() { return "r!r"; }
        @loud title() { return "t"; }
        build() { return [this.greet("x"), this.greet("y"), this.rules(), this.title()]; }
      }`,
    gives: `["nx!", "ny!", "r!r!", "t!"]`,
  },
  {
    name: "a decorator of the older kind around a method",
    ts: `
      function named(_target: object, key: string, descriptor: PropertyDescriptor) {
        const method = descriptor.value;
        descriptor.value = function (...args: unknown[]) { return key + method.apply(this, args); };
      }
      export class Bot {
        @named title(x: string) { return ":" + x; }
        build() { return this.title("t"); }
      }`,
    gives: `"title:t"`,
  },
  {
    name: "functions that carry other functions",
    py: `
      def ask(x):
          return x
      ask.again = lambda x: x + "!"
      def build():
          ask.name = "n"
          return [ask.again("a"), ask.name]`,
    ts: `
      function create() {
        const provider = (id: string) => id;
        provider.chat = (id: string) => id + "!";
        provider.chat.name2 = "n";
        return provider;
      }
      export const build = () => [create().chat("a"), create().chat.name2];`,
    gives: `["a!", "n"]`,
  },
]);
