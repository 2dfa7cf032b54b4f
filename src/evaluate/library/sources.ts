import type { ProgramLanguage } from "../../program/program.ts";
import { accessPath, libraryName, literalText, moduleName } from "../../value/inspect.ts";
import { scopeOfName } from "../../value/lexicon.ts";
import { narrowest } from "../../value/scope.ts";
import type { ArgumentValue, ClockFacet, OpaqueValue, Origin, Value } from "../../value/value.ts";
import { holesIn, narrowestHole, type SourceFacts } from "../opaques.ts";
import { commandRunners, factsOfCommand } from "./commands.ts";
import { factsOfDraw } from "./draws.ts";
import { commandOf, factsOfRetrieval } from "./retrieval.ts";

/*
 * What known library calls and fields give, when nothing else is known of their result: how widely it is shared and
 * in which order it comes. Collected from the documentation of the libraries named (2026-11-22).
 */

const clock = (form: ClockFacet["form"], resolution: ClockFacet["resolution"] = "second"): SourceFacts => ({
  scope: resolution === "day" ? "day" : "request",
  reason: resolution === "day" ? "the date" : "the clock",
  clock: { form, resolution },
});
const fresh = (reason: string): SourceFacts => ({ scope: "request", reason });
const environment: SourceFacts = { scope: "deploy", reason: "the environment" };
const load: SourceFacts = { scope: "request", reason: "the load of the machine" };
const counted: SourceFacts = { scope: "request", confidence: "likely", reason: "a counter" };
const machine: SourceFacts = { scope: "process", reason: "the machine" };
/** Why what somebody types is new. */
export const typedInput = "the user's input";
const typed: SourceFacts = { scope: "turn", reason: typedInput };
const fetched: SourceFacts = { scope: "turn", confidence: "likely", reason: "the fetched response" };
const retrieved: SourceFacts = { scope: "turn", reason: "a retrieval result" };
const spent: SourceFacts = { scope: "turn", reason: "the number of tokens used" };
const queued: SourceFacts = { scope: "turn", confidence: "likely", reason: "the next item of the queue" };
const folder: SourceFacts = { order: "filesystem", reason: "the folder listing" };
const handler: SourceFacts = { scope: "request", reason: "the incoming request" };
const signedIn: SourceFacts = { scope: "user", reason: "whoever is signed in" };

const workingTree: SourceFacts = {
  scope: "turn",
  confidence: "likely",
  reason: "the state of the working tree",
};
const workingTreeCalls = "status diff diffSummary log stashList"
  .split(" ")
  .flatMap((name) => [`simple-git.simpleGit().${name}`, `simple-git().${name}`])
  .join(" ");

type Table = Readonly<Record<string, SourceFacts>>;

function each(names: string, facts: SourceFacts): Record<string, SourceFacts> {
  return Object.fromEntries(names.split(" ").map((name) => [name, facts]));
}

function underModules(modules: readonly string[], table: Table): Table {
  return Object.fromEntries(
    modules.flatMap((module) => Object.entries(table).map(([name, facts]) => [`${module}.${name}`, facts])),
  );
}

const pythonCalls: Table = {
  ...underModules(["flask", "quart"], each("request.get_json request.get_data", handler)),
  ...each("datetime.datetime.now datetime.datetime.utcnow datetime.datetime.today", clock("object")),
  ...each(
    "django.utils.timezone.now pandas.Timestamp.now pendulum.now arrow.utcnow arrow.now",
    clock("object"),
  ),
  ...each("time.time time.time_ns time.monotonic time.monotonic_ns time.perf_counter", clock("number")),
  ...each("time.perf_counter_ns time.process_time calendar.timegm", clock("number")),
  ...each("time.ctime time.asctime", clock("text")),
  ...each("time.localtime time.gmtime", clock("object")),
  ...each("datetime.date.today", clock("object", "day")),
  ...each("uuid.uuid1 uuid.uuid4 uuid.uuid6 uuid.uuid7", fresh("a fresh UUID")),
  ...each(
    "ulid.new ulid.ULID shortuuid.uuid shortuuid.random nanoid.generate bson.ObjectId bson.objectid.ObjectId",
    fresh("a fresh id"),
  ),
  ...each(
    "uuid6.uuid6 uuid6.uuid7 uuid_utils.uuid4 uuid_utils.uuid7 uuid_extensions.uuid7",
    fresh("a fresh UUID"),
  ),
  ...each(
    "cuid.cuid cuid2.cuid_wrapper ksuid.ksuid coolname.generate_slug petname.generate",
    fresh("a fresh id"),
  ),
  ...each(
    "secrets.token_hex secrets.token_urlsafe secrets.token_bytes os.urandom",
    fresh("fresh randomness"),
  ),
  ...each("secrets.choice secrets.randbelow secrets.randbits", fresh("fresh randomness")),
  ...each("random.gauss random.betavariate random.triangular random.randbytes", fresh("randomness")),
  ...each("random.random random.randint random.randrange random.choice random.uniform", fresh("randomness")),
  ...each("random.getrandbits numpy.random.rand numpy.random.randint", fresh("randomness")),
  ...each("random.sample random.choices", { scope: "request", reason: "a random sample", order: "random" }),
  ...each("os.getenv os.environ.get dotenv.dotenv_values", environment),
  ...each("os.getloadavg psutil.getloadavg psutil.cpu_percent psutil.virtual_memory shutil.disk_usage", load),
  ...each("socket.gethostname os.getpid platform.node platform.system platform.platform", machine),
  ...each("os.getcwd pathlib.Path.cwd pathlib.Path.home getpass.getuser tempfile.mkdtemp", machine),
  ...each("os.listdir os.scandir os.walk glob.glob glob.iglob pkgutil.iter_modules", folder),
  ...each("input fileinput.input sys.stdin.read sys.stdin.readline sys.stdin.readlines", typed),
  ...each("sys.stdin.isatty sys.stdin.fileno", machine),
  ...each("urllib.request.urlopen", fetched),
  ...each("asyncio.Queue().get asyncio.Queue().get_nowait asyncio.PriorityQueue().get", queued),
  ...each("queue.Queue().get queue.Queue().get_nowait queue.SimpleQueue().get", queued),
  ...each("queue.PriorityQueue().get multiprocessing.Queue().get", queued),
  ...each("jwt.decode jose.jwt.decode jose.jwt.get_unverified_claims jwt.PyJWT().decode", signedIn),
  ...each("flask_jwt_extended.get_jwt flask_jwt_extended.get_jwt_identity", signedIn),
};

/** What the frameworks that keep the request in a global give of it. */
const ofIncoming = each(
  "request.json request.headers request.args request.form request.values request.data request.cookies request.files",
  handler,
);

const pythonMembers: Table = {
  "os.environ": environment,
  ...underModules(["flask", "quart"], ofIncoming),
  ...each("uuid.NAMESPACE_DNS uuid.NAMESPACE_URL uuid.NAMESPACE_OID uuid.NAMESPACE_X500", {
    scope: "static",
  }),
  "sys.argv": { scope: "process", reason: "the command line" },
  ...each("tempfile.NamedTemporaryFile().name tempfile.TemporaryDirectory().name", fresh("a temporary file")),
  ...each("sys.stdin sys.stdin.buffer", typed),
  "sys.version": environment,
};

const listed: SourceFacts = {
  order: "server",
  confidence: "likely",
  reason: "the tool list of the server",
};

const javascriptCalls: Table = {
  ...each("Date.now performance.now process.hrtime process.hrtime.bigint process.uptime", clock("number")),
  ...each("perf_hooks.performance.now", clock("number")),
  ...each("Date moment dayjs luxon.DateTime.now luxon.DateTime.utc luxon.DateTime.local", clock("object")),
  ...each("moment.utc dayjs.utc", clock("object")),
  ...each("moment.tz moment-timezone.tz dayjs.tz", clock("object")),
  ...each(
    "Temporal.Now.instant Temporal.Now.zonedDateTimeISO Temporal.Now.plainDateTimeISO",
    clock("object"),
  ),
  ...each("Temporal.Now.plainDateISO", clock("object", "day")),
  ...each(
    "crypto.randomUUID crypto.webcrypto.randomUUID uuid.v1 uuid.v4 uuid.v7 uuid",
    fresh("a fresh UUID"),
  ),
  ...each(
    "nanoid.nanoid nanoid ulid.ulid ulid cuid @paralleldrive.cuid2.createId ai.generateId",
    fresh("a fresh id"),
  ),
  ...each("nanoid.customAlphabet() ai.createIdGenerator()", fresh("a fresh id")),
  ...each("bson.ObjectId mongodb.ObjectId mongoose.Types.ObjectId", fresh("a fresh id")),
  ...each("process.memoryUsage process.cpuUsage process.resourceUsage os.loadavg os.freemem os.uptime", load),
  ...each("Math.random crypto.randomBytes crypto.randomInt crypto.getRandomValues", fresh("randomness")),
  ...underModules(["lodash", "underscore", "es-toolkit", "remeda", "radash"], {
    ...each("shuffle sampleSize", { scope: "request", reason: "a random sample", order: "random" }),
    ...each("sample uniqueId random randomInt draw", fresh("randomness")),
  }),
  ...each("process.cwd os.hostname os.platform os.userInfo os.homedir os.tmpdir", machine),
  ...each("fs.readdirSync fs.promises.readdir fs.readdir glob.glob glob.globSync glob", folder),
  ...each("fast-glob fast-glob.sync fs.promises.glob fs.globSync fs.opendirSync", folder),
  ...each("globby.globby globby.globbySync globby tinyglobby.glob tinyglobby.globSync", folder),
  ...each("fs.promises.readdir fs.opendir fs.promises.opendir", folder),
  ...each("fetch node-fetch cross-fetch undici.fetch undici.request ofetch.$fetch ofetch.ofetch", fetched),
  ...each("axios axios.get axios.post axios.create().get axios.create().post axios.create()", fetched),
  ...each(
    "got got.get got.post got.extend() got.extend().get ky ky.get ky.post ky.create() ky.create().get",
    fetched,
  ),
  ...each("prompt readline.question", typed),
  ...each("ai.createMCPClient().tools ai.experimental_createMCPClient().tools", listed),
  ...each("@ai-sdk.mcp.createMCPClient().tools @ai-sdk.mcp.experimental_createMCPClient().tools", listed),
  ...each("@langchain.mcp-adapters.MultiServerMCPClient().getTools", listed),
  ...each("@mastra.mcp.MCPClient().getTools @mastra.mcp.MCPClient().listTools", listed),
  "Intl.DateTimeFormat().format": clock("text"),
  ...each(workingTreeCalls, workingTree),
  ...each("next.headers.headers next.headers.cookies", handler),
  ...each(
    "jsonwebtoken.verify jsonwebtoken.decode jose.jwtVerify jose.decodeJwt jwt-decode.jwtDecode",
    signedIn,
  ),
  ...each("next-auth.getServerSession next-auth.next.getServerSession hono.jwt.verify", signedIn),
  ...each("@clerk.nextjs.server.auth @clerk.nextjs.server.currentUser", signedIn),
};

const javascriptMembers: Table = {
  "process.env": environment,
  "import.meta.env": environment,
  "Deno.env": environment,
  "Bun.env": environment,
  "process.argv": { scope: "process", reason: "the command line" },
  ...each("process.pid process.platform process.version", machine),
};

const scanned: SourceFacts = {
  order: "server",
  confidence: "likely",
  reason: "the rows of an unordered scan",
};

/** Methods that tell what they give whatever they are called on. */
const methodCalls: Table = {
  ...each("list_tools listTools get_tools list_tools_sync to_tool_list_async", listed),
  ...each("iterdir glob rglob scandir", folder),
  ...each(
    "generate_presigned_url generate_presigned_post get_signed_url getSignedUrl",
    fresh("a freshly signed URL"),
  ),
  ...each(
    "generate_signed_url create_signed_url createSignedUrl generateSasUrl",
    fresh("a freshly signed URL"),
  ),
  ...each("presigned_get_object presignedGetObject presignedUrl", fresh("a freshly signed URL")),
  ...each(
    "similarity_search similaritySearch similarity_search_with_score similaritySearchWithScore asimilarity_search",
    retrieved,
  ),
  ...each("get_relevant_documents getRelevantDocuments aget_relevant_documents", retrieved),
  ...each("similarity_search_with_relevance_scores max_marginal_relevance_search", retrieved),
  ...each("receive_message blpop brpop", queued),
  ...each("fromNow toNow", clock("text")),
  ...each("incr incrby incrBy hincrby hIncrBy", counted),
  ...each("smembers sinter sunion sdiff scan_iter", {
    order: "server",
    confidence: "likely",
    reason: "the members of a set",
  }),
  scan: scanned,
  as_completed: { order: "race", reason: "the order of completion" },
};

const functionCalls: Table = {
  ...each(
    "langchain_mcp_adapters.tools.load_mcp_tools @langchain.mcp-adapters.loadMcpTools " +
      "litellm.experimental_mcp_client.load_mcp_tools llama_index.tools.mcp.get_tools_from_mcp_url " +
      "llama_index.tools.mcp.aget_tools_from_mcp_url",
    listed,
  ),
  ...each("concurrent.futures.as_completed asyncio.as_completed", {
    order: "race",
    reason: "the order of completion",
  }),
  ...each(
    "@aws-sdk.s3-request-presigner.getSignedUrl @aws-sdk.cloudfront-signer.getSignedUrl " +
      "@azure.storage-blob.generateBlobSASQueryParameters azure.storage.blob.generate_blob_sas",
    fresh("a freshly signed URL"),
  ),
};

/** Whether an origin leads back to something of a library: most ways begin at a parameter. */
function isOfLibrary(origin: Origin): boolean {
  let at = origin;
  for (;;) {
    if (at.kind === "member" || at.kind === "index") at = at.object.origin;
    else if (at.kind === "call" && at.callee.type === "opaque") at = at.callee.origin;
    else return at.kind === "global" || at.kind === "import";
  }
}

/** The dotted name of an origin that leads to a library: `datetime.datetime.now`; calls in between as `()`. */
function nameOf(origin: Origin): string | undefined {
  if (!isOfLibrary(origin)) return undefined;
  const path =
    origin.kind === "member"
      ? accessPath(origin.object)
      : origin.kind === "call" && origin.callee.type === "opaque"
        ? accessPath(origin.callee)
        : undefined;
  const { root, steps } = path ?? { root: origin, steps: [] };
  const all = origin.kind === "member" ? [...steps, origin.name] : steps;
  const tail = all.map((step) => (step === "()" || step === "[]" ? step : `.${step}`)).join("");
  if (root.kind === "global") return root.name + tail;
  if (root.kind !== "import") return undefined;
  const module = moduleName(root.module);
  return (root.name === "*" || root.name === "default" ? module : `${module}.${root.name}`) + tail;
}

/** What is known of a library's call or field, if it is a known one. */
export function librarySource(origin: Origin, language: ProgramLanguage): SourceFacts | undefined {
  if (origin.kind === "member") {
    const name = nameOf(origin);
    return name === undefined
      ? undefined
      : lookUp(language === "python" ? pythonMembers : javascriptMembers, name);
  }
  if (origin.kind !== "call" || origin.callee.type !== "opaque") return undefined;
  const name = nameOf(origin);
  if (name !== undefined) {
    // `new Date(x)` is as fresh as its argument; only without one it reads the clock.
    const known =
      lookUp(language === "python" ? pythonCalls : javascriptCalls, name) ?? lookUp(functionCalls, name);
    if (known === fetched) return factsOfAnswer(origin.arguments);
    if (known) return origin.arguments.length > 0 && takesAnInstant.has(name) ? undefined : known;
  }
  if (name !== undefined && buildsSchema.test(name)) return factsOfSchema(origin.callee, origin.arguments);
  if (name !== undefined && buildsType.test(name)) return factsOfType(origin.arguments);
  if (name === "contextvars.ContextVar().get") return factsOfContext(origin.callee);
  if (name !== undefined && commandRunners.has(name)) return factsOfCommand(origin.arguments);
  if (name !== undefined && drawsFake.test(name)) return fresh("randomness");
  if (name !== undefined && language === "python") {
    if (sendsRequest.test(name)) return factsOfAnswer(origin.arguments);
    if (drawsNumber.test(name)) return fresh("randomness");
  }
  const { origin: callee } = origin.callee;
  if (callee.kind !== "member") return factsOfRetrieval(origin.callee, origin.arguments);
  if (language === "python" && isDrawnOn(callee.object) && callee.name !== "seed") return fresh("randomness");
  if (retrieving.test(callee.name) && isRetriever(callee.object))
    return { ...retrieved, confidence: "likely" };
  if (callee.name === "tools" && isToolClient(callee.object)) return listed;
  if (callee.name === "send" && commandOf(origin.arguments) === "ScanCommand") return scanned;
  return (
    lookUp(methodCalls, callee.name) ??
    factsOfQuery(callee.name, origin.arguments) ??
    factsOfDraw(origin.callee, origin.arguments) ??
    factsOfRetrieval(origin.callee, origin.arguments)
  );
}

/** `z.object(...)`, `z.string().min(1)`, and not what a schema makes of a value. */
const buildsSchema =
  /^(?:zod|valibot)(?:\.v\d(?:-mini)?|\.mini)?\.(?!.*[pP]arse(?:Async)?$|.*\.(?:encode|decode)$)/;

/** A schema is as narrow as what it is built of: an enumeration of the user's orders is another one for each user. */
function factsOfSchema(callee: OpaqueValue, args: readonly ArgumentValue[]): SourceFacts {
  const receiver = callee.origin.kind === "member" ? [callee.origin.object] : [];
  const isLibrary = receiver.every(({ origin }) => origin.kind === "import" || origin.kind === "member");
  const narrow = narrowestHole([...(isLibrary ? [] : receiver), ...args.map(({ value }) => value)]);
  if (!narrow) return { scope: "static" };
  const { scope, confidence } = narrow;
  return { scope, confidence, reason: "the schema" };
}

/** Functions that make a class or an enumeration while the program runs. */
const buildsType = /^(?:pydantic\.create_model|enum\.(?:Str)?Enum)$/;

/** A class is as narrow as the fields it is made of; types that a module gives are the same for all. */
function factsOfType(args: readonly ArgumentValue[]): SourceFacts {
  const holes = holesIn(args.map(({ value }) => value));
  const own = holes.filter(({ origin }) => origin.kind !== "global" && origin.kind !== "import");
  const narrow = narrowestHole(own);
  if (!narrow) return { scope: "static" };
  const { scope, confidence, reason } = narrow;
  return { scope, confidence, reason };
}

/** What an answer says it has cost, which is new with each: `reply.usage.input_tokens`. */
export function usageMember({ origin }: OpaqueValue, name: string): SourceFacts | undefined {
  const isOfAnswer = origin.kind === "member" && /^usage(?:_?metadata)?$/i.test(origin.name);
  return isOfAnswer && /(?:tokens?|token_?count|cost)$/i.test(name) ? spent : undefined;
}

const shuffled: SourceFacts = { scope: "request", reason: "a query in random order", order: "random" };

/** Rows that a query puts in random order: `order_by("?")`, `order_by(func.random())`, and what runs such a query. */
function factsOfQuery(name: string, args: readonly ArgumentValue[]): SourceFacts | undefined {
  const values = args.map(({ value }) => value);
  if (name === "order_by")
    return values.some((value) => literalText(value) === "?" || isRandomFunction(value))
      ? shuffled
      : undefined;
  const runsQuery = /^(?:execute|scalars|exec|stream_scalars|fetch_all)$/.test(name);
  return runsQuery && holesIn(values).some(({ reason }) => reason === shuffled.reason) ? shuffled : undefined;
}

function isRandomFunction(value: Value): boolean {
  const callee = value.type === "opaque" && value.origin.kind === "call" ? value.origin.callee : undefined;
  return callee?.type === "opaque" && /\bfunc\.rand(?:om)?$/.test(libraryName(callee) ?? "");
}

/** A variable of the context is as narrow as its name says: `ContextVar("request_id")`. */
function factsOfContext({ origin }: OpaqueValue): SourceFacts | undefined {
  const made = origin.kind === "member" ? origin.object.origin : undefined;
  const name = made?.kind === "call" ? literalText(made.arguments[0]?.value) : undefined;
  const scope = name === undefined ? undefined : scopeOfName(name);
  return scope && { scope, confidence: "likely", reason: `the name \`${name}\`` };
}

/** The address of a text that somebody keeps there, such as a book. */
const document = /^https?:\/\/[^?#]+\.(?:txt|md|html?|pdf|xml|csv)$/i;

const fetchedDocument: SourceFacts = {
  scope: "deploy",
  confidence: "likely",
  reason: "the fetched document",
};

/** A server that is always asked for the same gives what it has, in an order of its own: a catalogue, and no result. */
function factsOfAnswer(asked: readonly ArgumentValue[]): SourceFacts {
  const address = asked.map(({ value }) => literalText(value)).find((text) => text?.startsWith("http"));
  if (address !== undefined && document.test(address)) return fetchedDocument;
  const isAskedAlike = holesIn(asked.map(({ value }) => value)).every(
    ({ scope }) => narrowest(scope, "process") === "process" || scope === "unknown",
  );
  return isAskedAlike ? { ...fetched, order: "server" } : fetched;
}

/** Something that is called a client of MCP: `mcpClient`, `this.mcp`. */
function isToolClient({ origin }: OpaqueValue): boolean {
  return (origin.kind === "parameter" || origin.kind === "member") && /mcp/i.test(origin.name);
}

/** Requests over HTTP, by themselves or through a client: `requests.get`, `httpx.AsyncClient().get`. */
const sendsRequest =
  /^(?:requests|httpx|aiohttp)\.(?:(?:[Ss]ession|Client|AsyncClient|ClientSession)\(\)\.)?(?:get|post|put|request|stream)$/;

/** Generators that the system seeds: what they give is new in each process, and with each call. */
const drawsNumber =
  /^(?:random\.(?:SystemRandom|Random)|numpy\.random\.(?:default_rng|RandomState))\(\)\.\w+$|^numpy\.random\.(?:rand\w*|choice|normal|uniform|permutation|shuffle|integers)$|^faker\.Faker\(\)\.(?!seed)\w+$/;

/** `faker.person.firstName()` in JavaScript. */
const drawsFake = /^@faker-js\.faker\.faker\.(?!seed\b|setDefaultRefDate\b)/;

/** A generator with a seed that lives longer than a call gives something else to each call that draws from it. */
function isDrawnOn({ origin, frame }: OpaqueValue): boolean {
  return frame === undefined && origin.kind === "operation" && origin.operator === "random";
}

/** Methods of retrievers, which other objects have as well. */
const retrieving = /^a?(?:invoke|retrieve|search|query)$/;

/** `retriever`, `self.retriever`, `store.as_retriever()`. */
function isRetriever(value: OpaqueValue): boolean {
  const { root, steps } = accessPath(value);
  const named = steps.findLast((step) => step !== "()" && step !== "[]");
  return /retriever$/i.test(named ?? ("name" in root ? root.name : ""));
}

/** Names in programs may be those every object has, such as `toString`. */
function lookUp(table: Table, name: string): SourceFacts | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** What reads the clock, or makes something new, only when nothing is passed to it. */
const takesAnInstant = new Set([
  "Date",
  "moment",
  "dayjs",
  "time.ctime",
  "time.localtime",
  "time.gmtime",
  "uuid",
  "bson.ObjectId",
  "bson.objectid.ObjectId",
  "mongodb.ObjectId",
  "mongoose.Types.ObjectId",
  "moment.utc",
  "dayjs.utc",
]);
