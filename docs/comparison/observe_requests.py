"""Runs the Python examples against clients that send nothing, and hands each request to prefixguard.

Run from `examples/` with the `src` folder of prefixguard on PYTHONPATH: python ../docs/comparison/observe_requests.py
"""

import json
import sys
import time
import types
from types import SimpleNamespace as Anything

from prefixguard import PrefixGuard, lint

sent = []
reply = Anything(content=[Anything(text="")], usage=None)


def record(**request):
    sent.append(request)
    return reply


client = Anything(messages=Anything(create=record), converse=record)
for name, members in {
    "anthropic": {"Anthropic": lambda: client},
    "boto3": {"client": lambda _: client},
}.items():
    module = types.ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module

history = [{"role": "user", "content": "Hello"}]
grown = [*history, {"role": "assistant", "content": "Hi"}, {"role": "user", "content": "And now?"}]


def observe(name: str, *calls) -> None:
    sent.clear()
    for call in calls:
        call()
        time.sleep(1.1)
    guard = PrefixGuard()
    found = []
    for request in sent:
        parts = {
            "system": json.dumps(request.get("system") or ""),
            "tools": request.get("tools") or request.get("toolConfig", {}).get("tools"),
        }
        found += [f"lint: {issue.cause}" for issue in lint(**parts)]
        report = guard.observe(request["messages"], session=name, **parts)
        if report.broken:
            found += [line.strip() for line in report.explain().splitlines() if "@" in line or "re-prefill" in line]
    print(f"{name}: {'; '.join(found) or 'nothing'}")


sys.path.insert(0, ".")
import reading_room, sorter, support_desk, workshop_agent  # noqa: E401

observe("support_desk", lambda: support_desk.answer(history), lambda: support_desk.answer(grown))
observe("workshop_agent", lambda: workshop_agent.run(history), lambda: workshop_agent.run(grown))
observe("sorter", lambda: sorter.language_of("Bonjour"), lambda: sorter.language_of("Hello"))
observe(
    "reading_room",
    lambda: reading_room.ask("Manual", [], "First?"),
    lambda: reading_room.ask("Manual", [*sent[0]["messages"], grown[1]], "Second?"),
)

cells = [cell for cell in json.load(open("cache_experiment.ipynb"))["cells"] if cell["cell_type"] == "code"]
scope: dict = {}
for cell in cells[:2]:
    exec("".join(cell["source"]), scope)
observe("cache_experiment", lambda: scope["ask"]("Can I ride?"), lambda: scope["ask"]("What does it cost?"))
