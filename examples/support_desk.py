"""Answers riders by mail. The date line was added so that the model knows whether the desk is open."""

from datetime import datetime
from pathlib import Path

import anthropic

client = anthropic.Anthropic()
HANDBOOK = Path("prompts/workshop-handbook.md").read_text()


def opening_line() -> str:
    return f"It is {datetime.now():%A, %d %B %Y, %H:%M:%S}. The desk is open from eight to six."


def answer(conversation: list[dict]) -> str:
    message = client.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=600,
        system=[
            {"type": "text", "text": opening_line()},
            {"type": "text", "text": HANDBOOK, "cache_control": {"type": "ephemeral"}},
        ],
        messages=conversation,
    )
    return message.content[0].text
