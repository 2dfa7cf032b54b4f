import { scopes, type Scope } from "../value/scope.ts";
import { closingLine, countFindings } from "./closing-line.ts";
import { findingNote, requestSection } from "./html-request.ts";
import { style } from "./html-style.ts";
import { html as page, type Html } from "./html-text.ts";
import { placeFindings } from "./place-findings.ts";
import { placeOf, placeText } from "./place.ts";
import type { Reporter } from "./report.ts";
import { counted } from "./text-layout.ts";

const meanings: Readonly<Record<Scope, string>> = {
  static: "always the same",
  deploy: "per deployment",
  process: "per process",
  day: "per day",
  tenant: "per tenant",
  user: "per user",
  session: "per conversation",
  turn: "per turn",
  request: "new each time",
  unknown: "not understood",
};

/** One page that needs nothing beside it: each request as the provider reads it, with its findings in their places. */
export const html: Reporter = (result, context) => {
  const { requests, findings, problems, files } = result;
  const { ofRequests, others } = placeFindings(findings, requests);
  const idOf = (index: number): string => `request-${index + 1}`;
  const troubled = requests.flatMap(({ at }, index) => {
    const count = [...ofRequests[index]!.values()].flat().length;
    if (count === 0) return [];
    const { file, start } = placeOf(at, files);
    return [
      page`<li><a href="#${idOf(index)}">${file}:${start.line}</a> (${counted(count, "finding")})</li>`,
    ];
  });
  const text: Html = page`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="promptlint ${context.version}">
<title>Prompt caching report</title>
<style>${{ html: style }}</style>
</head>
<body>
<a class="skip" href="#requests">To the requests</a>
<header>
<h1>Prompt caching report</h1>
<p>${closingLine(result, countFindings(result)).trim()}</p>
<ul class="legend" aria-label="Scopes, from the widest to the narrowest">
${scopes.map((scope) => page`<li><span class="swatch" style="--scope:var(--${scope})"></span>${scope} <span class="faint">${meanings[scope]}</span></li>`)}
</ul>
<p class="faint">Bars are to scale by tokens; hatched parts have an unknown length. Upright lines are checkpoints. What is underlined in green is read by the next request, what is underlined in red is written and not read.</p>
${troubled.length > 0 ? page`<nav aria-label="Requests with findings"><ul>${troubled}</ul></nav>` : undefined}
</header>
<main id="requests" tabindex="-1">
${requests.map((request, index) => requestSection(request, idOf(index), ofRequests[index]!, result, context))}
${
  others.length === 0
    ? undefined
    : page`<section aria-labelledby="others"><h2 id="others">Findings outside of these requests</h2>${others.map((finding) => findingNote(finding, result, context))}</section>`
}
${
  problems.length === 0
    ? undefined
    : page`<section aria-labelledby="problems"><h2 id="problems">What could not be read</h2><ul class="plain">${problems.map(
        ({ span, message }) => page`<li><code>${placeText(placeOf(span, files))}</code>: ${message}</li>`,
      )}</ul></section>`
}
</main>
</body>
</html>
`;
  return text.html;
};
