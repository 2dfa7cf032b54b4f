import type { FunctionNode, Parameter } from "../../program/program.ts";
import { libraryName } from "../../value/inspect.ts";
import type { ArgumentValue, OpaqueValue, Value } from "../../value/value.ts";
import type { SourceFacts } from "../opaques.ts";

/*
 * Functions that frameworks call for each incoming request, known by how they are written: route decorators, Lambda
 * handlers, the exported methods of a route file, and parameters whose type or name only such functions have.
 */

const routeDecorators =
  /^(?:get|post|put|patch|delete|route|api_route|websocket|command|event|message|on_message|on_event|task|function_name)$/;
const routeExports = /^(?:GET|POST|PUT|PATCH|DELETE)$/;
const requestTypes =
  /\b(?:Request|NextRequest|HttpRequest|NextApiRequest|FastifyRequest|FormData|APIGatewayProxyEvent\w*|IncomingMessage)\b/;

/** Events that AWS Lambda hands to a function, by their types. */
const eventTypes =
  /^(?:SQS|SNS|S3|SES|ALB|EventBridge|Scheduled|DynamoDBStream|KinesisStream|LambdaFunctionURL|AppSyncResolver|APIGateway\w*)Event(?:V\d)?\b/;

/** Names of functions that have none of their own, as in `export const POST = async (request) => ...`. */
const names = new WeakMap<FunctionNode, string>();

/** Remembers what a function without a name of its own is bound to. */
export function noteName(node: FunctionNode, name: string): void {
  if (node.name === "") names.set(node, name);
}

const incoming: SourceFacts = { scope: "request", reason: "the incoming request" };
const likelyIncoming: SourceFacts = { ...incoming, confidence: "likely" };

/** What is known of a parameter because of the kind of function it belongs to. */
export function handlerParameter(
  node: FunctionNode,
  parameter: Parameter,
  index: number,
): SourceFacts | undefined {
  const { pattern, annotation } = parameter;
  const name = pattern.kind === "namePattern" ? pattern.name : "";
  if (!isProvided(parameter) && isRoute(node)) return incoming;
  if (annotation !== undefined && requestTypes.test(annotation)) return incoming;
  const called = names.get(node) ?? node.name;
  if (routeExports.test(called) && index === 0) return incoming;
  const isLambda =
    eventTypes.test(annotation ?? "") ||
    (/^(?:lambda_)?handler$/.test(called) && (node.parameters.length === 2 || name === "event"));
  if (isLambda && index === 0) return { scope: "request", reason: "the event" };
  // By its name alone; a type of the program's own says that it is something else.
  const isNamedSo = name === "req" && (annotation === undefined || plainTypes.test(annotation));
  if (isNamedSo || (/^req(?:uest)?$/.test(name) && isAnswered(node))) return likelyIncoming;
  return undefined;
}

/** Types that say nothing. */
const plainTypes = /^(?:any|unknown|object|Any|Req)\b/;

/** What is known of a parameter of a function that a handler depends on: FastAPI fills those from the request, too. */
export function dependencyParameter(parameter: Parameter): SourceFacts | undefined {
  const isPlain = parameter.default !== undefined && parameter.default.kind !== "call";
  return isPlain || isProvided(parameter) ? undefined : incoming;
}

/** True where somebody else than the client gives the value: a dependency, an option of the command line. */
function isProvided({ annotation, default: fallback }: Parameter): boolean {
  if (annotation !== undefined && dependency.test(annotation)) return true;
  if (fallback?.kind !== "call") return false;
  const { callee } = fallback;
  return !(callee.kind === "name" && /^(?:Query|Body|Form|Header|Cookie)$/.test(callee.name));
}

/** `Annotated[Settings, Depends(get_settings)]` */
const dependency = /\b(?:Depends|Security)\(\s*([\w.]*)/;

/** What FastAPI calls for the value of a parameter, as it is written; empty: whatever the parameter is annotated with. */
export function dependencyIn(annotation: string): string | undefined {
  return dependency.exec(annotation)?.[1];
}

/** True where the function is also given what it answers with. */
function isAnswered({ parameters }: FunctionNode): boolean {
  const second = parameters[1]?.pattern;
  return second?.kind === "namePattern" && /^(?:reply|response|res)$/.test(second.name);
}

/** Libraries that call a function for each message somebody writes. */
const chatLibraries =
  /^(?:discord\.js|@slack\.bolt|telegraf|grammy|node-telegram-bot-api|whatsapp-web\.js|@line\.bot-sdk|botbuilder|matrix-js-sdk|tmi\.js)(?:\.|\(|$)/;

/** Libraries that call a function for each item of a queue or topic. */
const queueLibraries =
  /^(?:bullmq\.Worker|bull(?:\.|\(|$)|bee-queue|agenda|pg-boss|kafkajs|amqplib|nats|sqs-consumer|inngest|graphile-worker)(?:\.|\(|$)/;

/** Builders of procedures and actions that a client calls over the network, and the calls that take the function for it. */
const procedureBuilders =
  /^(?:@trpc\.server\.|next-safe-action\.|@tanstack\.(?:react-|solid-)?start\.|firebase-functions\.|elysia\.|\.{1,2}[^(]*(?:[pP]rocedure|[aA]ctionClient)\b).*\.(?:query|mutation|subscription|action|handler|onCall|get|post|put|patch|delete)$/;

/** Who calls the functions that are handed to a library. */
type Caller = "chat" | "queue" | "client";

/** Functions that were handed to such a library, and what they are given. */
const listeners = new WeakMap<FunctionNode, Caller>();
const givenToListeners = new WeakMap<OpaqueValue, Caller>();

/** Remembers functions that are handed to a library which calls them for each message, or each item of a queue. */
export function noteListeners(callee: OpaqueValue, args: readonly ArgumentValue[]): void {
  const functions = args.flatMap(({ value }) => functionsIn(value));
  if (functions.length === 0) return;
  const name = libraryName(callee) ?? "";
  const caller = chatLibraries.test(name)
    ? "chat"
    : queueLibraries.test(name)
      ? "queue"
      : procedureBuilders.test(name)
        ? "client"
        : undefined;
  if (caller) for (const node of functions) listeners.set(node, caller);
}

/** A function, or those that stand in a record of options: `consumer.run({ eachMessage })`. */
function functionsIn(value: Value): readonly FunctionNode[] {
  if (value.type === "function") return [value.node];
  if (value.type !== "record") return [];
  return [...value.entries.values()].flatMap((entry) =>
    entry.value.type === "function" ? [entry.value.node] : [],
  );
}

/** Remembers what a listener is called with. */
export function noteGiven(node: FunctionNode, value: OpaqueValue): void {
  const caller = listeners.get(node);
  if (caller) givenToListeners.set(value, caller);
}

/** Who has called the listener that was given a value, or what it is a part of. */
function giverOf(value: OpaqueValue): Caller | undefined {
  let at = value;
  while (at.origin.kind === "member") at = at.origin.object;
  return givenToListeners.get(at);
}

/** Fields under which an item of a queue holds what is to be done, and those that tell it from the others. */
const queued =
  /^(?:data|payload|body|Body|content|value|json|input|id|jobId|messageId|MessageId|offset|timestamp|attemptsMade)$/;

/** Fields under which the function for a call of a client is given what the client sends. */
const sentAlong = /^(?:input|rawInput|parsedInput|clientInput|data|body|query|params)$/;

/** What is known of a member because of the object it is read of: `c.req` of Hono, `ctx.request` of Koa. */
export function handlerMember(object: OpaqueValue, name: string): SourceFacts | undefined {
  if (/^(?:text|content|cleanContent|body)$/.test(name) && giverOf(object) === "chat") {
    return { scope: "turn", reason: "the incoming message" };
  }
  if (queued.test(name) && giverOf(object) === "queue") {
    return { scope: "turn", confidence: "likely", reason: "the next item of the queue" };
  }
  if (sentAlong.test(name) && giverOf(object) === "client") return incoming;
  const { origin } = object;
  if (origin.kind !== "parameter") return undefined;
  if (name === "req") return likelyIncoming;
  // Nothing but a request of Django has these.
  if (origin.name === "request" && /^(?:GET|POST|META|COOKIES|FILES)$/.test(name)) return likelyIncoming;
  // A pattern takes the request out of the one argument of an action or a loader.
  const isContext = /^(?:c|ctx|context|event|args|parameter 1)$/.test(origin.name);
  return name === "request" && isContext ? likelyIncoming : undefined;
}

function isRoute(node: FunctionNode): boolean {
  return node.decorators.some((decorator) => {
    const callee = decorator.kind === "call" ? decorator.callee : decorator;
    return callee.kind === "member" && routeDecorators.test(callee.name);
  });
}
