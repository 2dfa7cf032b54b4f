import { testValues } from "../support/test-values.ts";

testValues("classes", [
  {
    name: "an object that the class itself makes, with what its constructor is told",
    py: `
      import os
      class Desk:
          def __init__(self, folder, brand):
              self.folder, self.brand = folder, brand
          @classmethod
          def from_env(cls, brand="Fern"):
              return cls(os.environ["FOLDER"], brand)
          def build(self):
              return [self.folder, self.brand]`,
    ts: `
      export class Desk {
        private constructor(private readonly folder: string, private readonly brand: string) {}
        static async create(brand = "Fern") { return new Desk(process.env.FOLDER!, brand); }
        build() { return [this.folder, this.brand]; }
      }`,
    gives: `[<deploy>, "Fern"]`,
  },
  {
    name: "a class method that gives something else",
    py: `
      class Desk:
          def __init__(self, brand):
              self.brand = brand
          @classmethod
          def create(cls):
              return "desk"
          def build(self):
              return self.brand`,
    gives: `<unknown>`,
  },
  {
    name: "a method of a class itself that calls another one",
    py: `
      class Prompt:
          @classmethod
          def rules(cls):
              return "Be brief."
          @classmethod
          def build(cls):
              return cls.rules()`,
    ts: `
      class Prompt {
        static rules() { return "Be brief."; }
        static build() { return this.rules(); }
      }`,
    gives: `"Be brief."`,
  },
  {
    name: "what the class of an object has does not depend on the object",
    ts: `
      class Agent {
        constructor(private name: string) {}
        isReady(): boolean { return Object.getPrototypeOf(this) === Agent; }
      }
      export const build = (name: string) => new Agent(name).isReady();`,
    gives: `true`,
  },
  {
    name: "fields of the constructor",
    py: `
      class Bot:
          def __init__(self, name="n"):
              self.rules = f"I am {name}."
      def build():
          return Bot("x").rules`,
    ts: `
      class Bot {
        rules: string;
        constructor(name = "n") {
          this.rules = \`I am \${name}.\`;
        }
      }
      export const build = () => new Bot("x").rules;`,
    gives: `"I am x."`,
  },
  {
    name: "parameter properties",
    ts: `
      class Bot {
        constructor(private readonly name: string) {}
        rules() { return this.name; }
      }
      export const build = () => new Bot("x").rules();`,
    gives: `"x"`,
  },
  {
    name: "fields with values",
    ts: `
      class Bot {
        private rules = "r";
        #secret = this.rules + "s";
        get all() { return this.#secret; }
      }
      export const build = () => new Bot().all;`,
    gives: `"rs"`,
  },
  {
    name: "class attributes",
    py: `
      class Bot:
          RULES = "r"
          MORE = RULES + "s"
          def text(self):
              return self.MORE + Bot.RULES
      def build():
          return Bot().text()`,
    ts: `
      class Bot {
        static RULES = "r";
        static MORE = Bot.RULES + "s";
        text() { return Bot.MORE + Bot.RULES; }
      }
      export const build = () => new Bot().text();`,
    gives: `"rsr"`,
  },
  {
    name: "properties",
    py: `
      class Bot:
          def __init__(self): self._name = "n"
          @property
          def rules(self): return "I am " + self._name
          @rules.setter
          def rules(self, value): self._name = value
      def build():
          bot = Bot()
          bot.rules = "x"
          return bot.rules`,
    ts: `
      class Bot {
        private name = "n";
        get rules() { return "I am " + this.name; }
        set rules(value: string) { this.name = value; }
      }
      export function build() {
        const bot = new Bot();
        bot.rules = "x";
        return bot.rules;
      }`,
    gives: `"I am x"`,
  },
  {
    name: "inheritance and super",
    py: `
      class Base:
          kind = "base"
          def __init__(self, name):
              self.name = name
          def rules(self):
              return self.kind + ":" + self.name
      class Bot(Base):
          kind = "bot"
          def __init__(self):
              super().__init__("n")
          def rules(self):
              return super().rules() + "!"
      def build():
          return Bot().rules()`,
    ts: `
      class Base {
        kind() { return "base"; }
        constructor(protected name: string) {}
        rules() { return this.kind() + ":" + this.name; }
      }
      class Bot extends Base {
        constructor() { super("n"); }
        kind() { return "bot"; }
        rules() { return super.rules() + "!"; }
      }
      export const build = () => new Bot().rules();`,
    gives: `"bot:n!"`,
  },
  {
    name: "a base of a base by its name",
    py: `
      class A:
          def __init__(self, x): self.x = x
      class B(A):
          def __init__(self): A.__init__(self, "a")
      def build():
          return B().x`,
    gives: `"a"`,
  },
  {
    name: "an abstract method is unknown",
    py: `
      class Base:
          def rules(self):
              """Rules of the bot."""
              raise NotImplementedError
          def build(self):
              return self.rules()`,
    ts: `
      export abstract class Base {
        rules(): string { throw new Error("abstract"); }
        build() { return this.rules(); }
      }`,
    gives: `<unknown>`,
  },
  {
    name: "a dataclass",
    py: `
      from dataclasses import dataclass, field
      @dataclass
      class Block:
          text: str
          type: str = "text"
          tags: list = field(default_factory=list)
      def build():
          b = Block("a")
          b.tags.append("t")
          return [b.text, b.type, b.tags, Block(text="c").tags]`,
    gives: `["a", "text", ["t"], []]`,
  },
  {
    name: "a pydantic model",
    py: `
      from pydantic import BaseModel, Field
      class Block(BaseModel):
          text: str
          type: str = Field(default="text")
      class Big(Block):
          size: int = 1
      def build():
          return [Big(text="a").model_dump(), Block(text="b").type]`,
    gives: `[{text: "a", type: "text", size: 1}, "text"]`,
  },
  {
    name: "a pydantic model made of data",
    py: `
      from pydantic import BaseModel
      class Block(BaseModel):
          text: str
          type: str = "text"
      def build(loaded):
          given = Block.model_validate({"text": "a", "type": "note"})
          read = Block.model_validate_json('{"text": "b"}')
          return [given.text, given.type, read.text, read.type, Block.parse_obj(loaded).text]`,
    gives: `["a", "note", "b", "text", <unknown>]`,
  },
  {
    name: "asdict, replace and named tuples",
    py: `
      from dataclasses import dataclass, asdict, replace
      from typing import NamedTuple
      @dataclass(frozen=True)
      class A:
          x: int
          y: int = 2
      class P(NamedTuple):
          a: str
          b: str = "B"
      def build():
          return [asdict(replace(A(1), y=5)), P("a").b, P("a", "z")._replace(a="c").a]`,
    gives: `[{x: 1, y: 5}, "B", "c"]`,
  },
  {
    name: "__post_init__",
    py: `
      from dataclasses import dataclass
      @dataclass
      class A:
          x: str
          def __post_init__(self):
              self.y = self.x + "!"
      def build():
          return A("a").y`,
    gives: `"a!"`,
  },
  {
    name: "a cache that is filled at first use",
    py: `
      class Bot:
          def __init__(self):
              self._rules = None
          def rules(self):
              if self._rules is None:
                  self._rules = "r"
              return self._rules
      def build():
          bot = Bot()
          bot.rules()
          return bot.rules()`,
    gives: `"r"`,
  },
  {
    name: "a field that may be set outside of view is filled at first use",
    ts: `
      class Bot {
        private cached?: string;
        rules() {
          return (this.cached ??= "r");
        }
      }
      export function build() {
        const bot = new Bot();
        bot.rules();
        return bot.rules();
      }`,
    gives: [`"r"`, `<unknown>`],
  },
  {
    name: "static and class methods",
    py: `
      class Bot:
          NAME = "n"
          @staticmethod
          def plain(x): return x
          @classmethod
          def make(cls): return cls.NAME + cls.plain("p")
      def build():
          return Bot.make() + Bot().plain("q")`,
    ts: `
      class Bot {
        static NAME = "n";
        static plain(x: string) { return x; }
        static make() { return this.NAME + this.plain("p"); }
      }
      export const build = () => Bot.make() + Bot.plain("q");`,
    gives: `"npq"`,
  },
  {
    name: "methods keep their object in callbacks",
    py: `
      class Bot:
          def __init__(self): self.mark = "!"
          def add(self, x): return x + self.mark
          def all(self): return [self.add(x) for x in ["a"]] + list(map(self.add, ["b"]))
      def build():
          return Bot().all()`,
    ts: `
      class Bot {
        mark = "!";
        add(x: string) { return x + this.mark; }
        all() { return [...["a"].map((x) => this.add(x)), ...["b"].map(this.add, this)]; }
      }
      export const build = () => new Bot().all();`,
    gives: `["a!", "b!"]`,
  },
  {
    name: "methods return the object",
    py: `
      class Builder:
          def __init__(self): self.parts = []
          def add(self, x):
              self.parts.append(x)
              return self
          def text(self): return "".join(self.parts)
      def build():
          return Builder().add("a").add("b").text()`,
    ts: `
      class Builder {
        private parts: string[] = [];
        add(x: string) { this.parts.push(x); return this; }
        text() { return this.parts.join(""); }
      }
      export const build = () => new Builder().add("a").add("b").text();`,
    gives: `"ab"`,
  },
  {
    name: "__call__, __str__ and __getitem__",
    py: `
      class A:
          def __call__(self, x): return x + "!"
          def __str__(self): return "text of A"
          def __getitem__(self, key): return "item " + key
      def build():
          a = A()
          return [a("x"), str(a), f"{a}", a["k"]]`,
    gives: `["x!", "text of A", "text of A", "item k"]`,
  },
  {
    name: "toString",
    ts: `
      class A { toString() { return "text of A"; } }
      export const build = () => [String(new A()), \`\${new A()}\`, "" + new A()];`,
    gives: `["text of A", "text of A", "text of A"]`,
  },
  {
    name: "an enum",
    py: `
      from enum import Enum
      class Role(str, Enum):
          USER = "user"
      def build():
          return [Role.USER.value, Role.USER == Role.USER, f"{Role.USER.value}"]`,
    ts: `
      enum Role { User = "user" }
      export const build = () => [Role.User, Role.User === Role.User, \`\${Role.User}\`];`,
    gives: `["user", true, "user"]`,
  },
  {
    name: "the members of an enumeration",
    py: `
      from enum import Enum, StrEnum, auto
      RULES = "rules"
      class Section(str, Enum):
          ROLE = "role"
          RULES = RULES
      class Mode(StrEnum):
          DRAFT = auto()
          FINAL = auto()
      def build():
          return [
              [section.value for section in Section],
              ",".join(Mode),
              list(Section.__members__),
              Section("rules").name,
              Section["ROLE"],
          ]`,
    gives: `[["role", "rules"], "draft,final", ["ROLE", "RULES"], "RULES", "role"]`,
  },
  {
    name: "what an enumeration knows of its members",
    py: `
      from enum import Enum
      class Mode(str, Enum):
          DRAFT = "draft"
          @property
          def prompt(self):
              return PROMPTS[self]
          def label(self, end):
              return f"{self.name}{end}"
          @classmethod
          def default(cls):
              return cls.DRAFT
      class Planet(Enum):
          EARTH = ("earth", 1)
          def __init__(self, label, mass):
              self.label = label
      PROMPTS = {Mode.DRAFT: "Write a draft."}
      def build():
          return [Mode.default().prompt, Mode.DRAFT.label("!"), [planet.label for planet in Planet]]`,
    gives: `["Write a draft.", "DRAFT!", ["earth"]]`,
  },
  {
    name: "a method of a class as the entry",
    py: `
      class Bot:
          def __init__(self, style="plain"):
              self.style = style
          def build(self):
              return self.style`,
    ts: `
      export class Bot {
        constructor(private style = "plain") {}
        build() { return this.style; }
      }`,
    gives: [`"plain"`, `<unknown>`],
  },
  {
    name: "an arrow function in a field",
    ts: `
      export class Bot {
        name = "n";
        build = () => this.name;
      }`,
    gives: `"n"`,
  },
  {
    name: "a base that is given types",
    py: `
      from typing import Generic, TypeVar
      T = TypeVar("T")
      class Service(Generic[T]):
          rules = "r"
          def __init__(self, name):
              self.name = name
      class Bot(Service[str]):
          def __init__(self):
              super().__init__("n")
      def build():
          return [Bot().rules, Bot().name, Service[int]("m").name]`,
    gives: `["r", "n", "m"]`,
  },
  {
    name: "super where several bases have a base in common",
    py: `
      class Root:
          def __init__(self, **more):
              self.root = "r"
      class Mixin(Root):
          def __init__(self, **more):
              super().__init__(**more)
              self.mixed = "m"
      class Service(Root):
          def __init__(self, settings, **more):
              super().__init__(**more)
              self.settings = settings
      class Bot(Mixin, Service):
          def __init__(self):
              super().__init__(settings="s")
      def build():
          bot = Bot()
          return [bot.root, bot.mixed, bot.settings]`,
    gives: `["r", "m", "s"]`,
  },
  {
    name: "the nearest base that has a member itself",
    py: `
      class Root:
          def text(self):
              return "root"
      class Mixin(Root):
          pass
      class Service(Root):
          def text(self):
              return "service"
      class Bot(Mixin, Service):
          def text(self):
              return super().text()
      def build():
          return [Bot().text(), Mixin().text()]`,
    gives: `["service", "root"]`,
  },
  {
    name: "a class method that is called on an object of an heir",
    py: `
      class Base:
          style = None
          @classmethod
          def wanted(cls):
              return cls.style
          def text(self):
              return self.wanted()
      class Bot(Base):
          style = "plain"
      def build():
          return [Bot().text(), Bot.wanted()]`,
    gives: `["plain", "plain"]`,
  },
  {
    name: "fields that are asked for by name",
    py: `
      from dataclasses import dataclass, fields
      @dataclass
      class Base:
          model: str = "a"
      @dataclass
      class Settings(Base):
          style: str = "plain"
          def update(self, other):
              for field in fields(self):
                  value = getattr(other, field.name)
                  if value is not None:
                      setattr(self, field.name, value)
      def build():
          settings = Settings()
          settings.update(Settings(model="b", style=None))
          return [settings.model, settings.style]`,
    gives: `["b", "plain"]`,
  },
  {
    name: "what a base out of view gives",
    py: `
      from lib import Agent
      class Bot(Agent):
          def build(self):
              return [self.rules, self.name]`,
    ts: `
      import { Agent } from "lib";
      export class Bot extends Agent {
        build() { return [this.rules, this.name]; }
      }`,
    gives: `[<unknown>, <unknown>]`,
  },
  {
    name: "a decorator that keeps a register of classes",
    py: `
      known = {}
      def tool(name):
          def register(cls):
              known[name] = cls
              return cls
          return register
      @tool("first")
      class A:
          text = "a"
      @tool("second")
      class B:
          text = "b"
      def build():
          return [f"{name}: {cls.text}" for name, cls in known.items()]`,
    gives: `["first: a", "second: b"]`,
  },
  {
    name: "a decorator that puts something else in the place of a class",
    py: `
      def single(cls):
          made = cls("x")
          def get():
              return made
          return get
      @single
      class A:
          def __init__(self, text):
              self.text = text
      def build():
          return A().text`,
    gives: `"x"`,
  },
  {
    name: "a base that is told of those that inherit it",
    py: `
      class Tool:
          known = []
          def __init_subclass__(cls, **kwargs):
              super().__init_subclass__(**kwargs)
              Tool.known.append(cls)
      class A(Tool):
          pass
      class B(A):
          pass
      def build():
          return [cls.__name__ for cls in Tool.known]`,
    gives: `["A", "B"]`,
  },
  {
    name: "the classes that inherit one directly",
    py: `
      class Tool:
          pass
      class A(Tool):
          pass
      class B(Tool):
          pass
      class C(B):
          pass
      def build():
          return [cls.__name__ for cls in Tool.__subclasses__()]`,
    gives: `["A", "B"]`,
  },
  {
    name: "a class of a library with the types it holds",
    py: `
      import agents
      from agents import Agent
      from config import MODELS, Prompts
      class Context: pass
      def build(name):
          return [
              Agent[Context] == Agent,
              agents.Agent[Context, str] == agents.Agent,
              MODELS[name] is MODELS,
              Prompts[name] is Prompts,
          ]`,
    gives: `[true, true, <unknown>, <unknown>]`,
  },
]);
