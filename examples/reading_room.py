"""Questions about one manual: what stays the same comes first, and the question comes last."""

from datetime import date
from pathlib import Path

import anthropic

client = anthropic.Anthropic()
HANDBOOK = Path("prompts/workshop-handbook.md").read_text()


def ask(manual: str, conversation: list[dict], question: str) -> str:
    message = client.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=800,
        system=[
            {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
            {"type": "text", "text": manual, "cache_control": {"type": "ephemeral"}},
        ],
        messages=[
            *conversation,
            {"role": "user", "content": f"Today is {date.today()}.\n\n{question}"},
        ],
    )
    return message.content[0].text
