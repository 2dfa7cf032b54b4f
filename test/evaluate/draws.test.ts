import { testValues } from "../support/test-values.ts";

testValues("rows that are drawn from a table", [
  {
    name: "a sample of a frame that is read from a file",
    py: `
      import pandas as pd
      GOLD = pd.read_csv("gold.csv")
      def build():
          return "\\n".join(GOLD.sample(3).text)`,
    gives: `"<request random>"`,
  },
  {
    name: "a sample of a parameter that is annotated as a frame",
    py: `
      import pandas as pd
      def build(gold: pd.DataFrame):
          return gold.sample(3)`,
    gives: `<request random>`,
  },
  {
    name: "a shuffled dataset",
    py: `
      from datasets import load_dataset
      def build():
          return load_dataset("squad", split="train").shuffle()`,
    gives: `<request random>`,
  },
  {
    name: "a sample with a seed",
    py: `
      import pandas as pd
      def build():
          return pd.read_csv("gold.csv").sample(3, random_state=7)`,
    gives: `<unknown>`,
  },
  {
    name: "a sample of something else",
    py: `
      def build(drum):
          return drum.sample(3)`,
    gives: `<unknown>`,
  },
]);

testValues("what a token says of whoever is signed in", [
  {
    name: "claims of a JSON web token",
    py: `
      import jwt
      def build(token):
          return jwt.decode(token, "secret", algorithms=["HS256"])["role"]`,
    ts: `
      import jwt from "jsonwebtoken";
      export const build = (token: string) => jwt.verify(token, "secret").role;`,
    gives: `<user>`,
  },
]);
