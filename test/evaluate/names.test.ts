import { testValues } from "../support/test-values.ts";

testValues("what names tell", [
  {
    name: "a parameter named after a user",
    py: `
      def build(user):
          return user.plan`,
    ts: `export const build = (user: User) => user.plan;`,
    gives: "<user?>",
  },
  {
    name: "the user of a session",
    py: `
      def build(session):
          return session.user.plan`,
    ts: `export const build = (session: Session) => session.user.plan;`,
    gives: "<user?>",
  },
  {
    name: "anything else of a session",
    py: `
      def build(session):
          return session.turns`,
    ts: `export const build = (session: Session) => session.turns;`,
    gives: "<session?>",
  },
  {
    name: "the tenant of an incoming request",
    py: `
      def build(http: Request):
          return http.tenant`,
    ts: `export const build = (http: Request) => http.tenant;`,
    gives: "<tenant?>",
  },
  {
    name: "anything else of an incoming request",
    py: `
      def build(http: Request):
          return http.body`,
    ts: `export const build = (http: Request) => http.body;`,
    gives: "<request>",
  },
  {
    name: "what was found for a question",
    py: `
      def build(passages, retrieved_docs, context):
          return [passages[0].text, retrieved_docs, context]`,
    ts: `
      export const build = (passages: Passage[], retrievedDocs: string, context: string) =>
        [passages[0]!.text, retrievedDocs, context];`,
    gives: "[<turn?>, <turn?>, <unknown>]",
  },
  {
    name: "what an incoming request says of its sender",
    py: `
      def build(http: Request):
          return [http.timezone, http.note]`,
    ts: `export const build = (http: Request) => [http.timezone, http.note];`,
    gives: "[<user?>, <request>]",
  },
  {
    name: "a right of the user",
    py: `
      def build(is_admin):
          return is_admin`,
    ts: `export const build = (isAdmin: boolean) => isAdmin;`,
    gives: "<user?>",
  },
]);
