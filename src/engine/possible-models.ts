import type { Request } from "../request/request.ts";

/**
 * The requests that one call sends, each with the model it may have. Where one way to the call names a model and
 * another takes it from somewhere out of view (`settings.model ?? "claude-sonnet-4-5"`, a parameter with a default),
 * the named one is the default of both: known, but not for certain.
 */
export function withPossibleModels(requests: readonly Request[]): ReadonlyMap<Request, Request> {
  const alike = new Map<string, Request[]>();
  for (const request of requests) {
    const key = `${request.dialect} ${request.platform ?? ""}`;
    alike.set(key, [...(alike.get(key) ?? []), request]);
  }
  return new Map([...alike.values()].flatMap(shareModels));
}

/** Requests to different providers have different models: what goes to one says nothing of the other. */
function shareModels(requests: readonly Request[]): (readonly [Request, Request])[] {
  const named = [
    ...new Set(
      requests.flatMap(({ model }) => (model.text === undefined || model.isTested ? [] : [model.text])),
    ),
  ];
  const isOpen = requests.some(({ model }) => model.text === undefined && model.span !== undefined);
  const [first, ...others] = named;
  return requests.map((request) => {
    if (first === undefined || !isOpen) return [request, request];
    const { model, unresolved } = request;
    if (model.isTested) return [request, request];
    if (model.text !== undefined) return [request, { ...request, model: { ...model, certain: false } }];
    const guessed: Request = {
      ...request,
      model: { ...model, text: first, others, certain: false },
      unresolved: unresolved.filter(({ part }) => part !== "model"),
    };
    return [request, guessed];
  });
}
