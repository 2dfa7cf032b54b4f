import { testValues } from "../support/test-values.ts";

testValues("what is looked up for the question is new in each turn", [
  {
    name: "a vector database asked with the question's vector",
    py: `
      from pinecone import Pinecone
      from openai import OpenAI
      index = Pinecone().Index("kb")
      def build(question):
          vector = OpenAI().embeddings.create(model="m", input=question).data[0].embedding
          return index.query(vector=vector, top_k=5)["matches"]`,
    ts: `
      import { Pinecone } from "@pinecone-database/pinecone";
      import OpenAI from "openai";
      const index = new Pinecone().index("kb");
      export async function build(question) {
        const { data } = await new OpenAI().embeddings.create({ model: "m", input: question });
        return (await index.query({ vector: data[0].embedding, topK: 5 })).matches;
      }`,
    gives: `<turn?>`,
  },
  {
    name: "a collection whose part is named like a question",
    py: `
      import weaviate
      docs = weaviate.connect_to_local().collections.get("Docs")
      def build(question):
          return [docs.query.near_text(query=question).objects, docs.query.fetch_objects(limit=9).objects]`,
    gives: `[<turn?>, <unknown>]`,
  },
  {
    name: "a search of one's own, not in view",
    py: `
      from search import search_docs
      def build(question):
          return search_docs(question, 5)`,
    ts: `
      import { searchDocs } from "./search.js";
      export const build = (question) => searchDocs(question, 5);`,
    gives: `<turn?>`,
  },
  {
    name: "a command of a service",
    ts: `
      import { BedrockAgentRuntimeClient, RetrieveCommand } from "@aws-sdk/client-bedrock-agent-runtime";
      const client = new BedrockAgentRuntimeClient({});
      export async function build(question) {
        const asked = new RetrieveCommand({ knowledgeBaseId: "K", retrievalQuery: { text: question } });
        return (await client.send(asked)).retrievalResults;
      }`,
    gives: `<turn?>`,
  },
  {
    name: "rows that a template of SQL asks for",
    ts: `
      import postgres from "postgres";
      const sql = postgres("");
      export const build = async (question) => await sql\`select text from docs where t @@ \${question}\`;`,
    gives: `<turn?>`,
  },
  {
    name: "what is recalled for the newest message",
    ts: `
      import { memory } from "./memory.js";
      export const build = (messages) => memory.recall(String(messages.at(-1).content));`,
    gives: `<turn?>`,
  },
  {
    name: "a search by HTTP through a client",
    ts: `
      import axios from "axios";
      const http = axios.create({ baseURL: "" });
      export const build = async (question) => (await http.get("/search", { params: { question } })).data;`,
    gives: `<turn?>`,
  },
]);

testValues("what is looked up for something else may stay", [
  {
    name: "a search for a constant",
    ts: `
      import { searchDocs } from "./search.js";
      export const build = () => searchDocs("refunds", 5);`,
    gives: `<unknown>`,
  },
  {
    name: "the document of an id, whoever sent it",
    py: `
      from db import pool
      def build(request_id, doc):
          return [pool.query("select body from docs where id = %s", request_id), pool.query("...", doc)]`,
    gives: `[<unknown>, <unknown>]`,
  },
  {
    name: "the history that a message is added to",
    ts: `
      import { store } from "./store.js";
      export const build = (question) => store.append("user", question);`,
    gives: `<unknown>`,
  },
  {
    name: "what an old message asked for",
    ts: `
      import { search } from "./search.js";
      export const build = (messages) => search(messages[0].content);`,
    gives: `<unknown>`,
  },
]);
