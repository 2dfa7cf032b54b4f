"""Tells the language of a mail. The model was changed to a smaller one, and the checkpoint stayed."""

import anthropic

client = anthropic.Anthropic()

RULES = """You read mails that riders send to a chain of bicycle workshops.
Answer with the language of the mail as a two-letter code, in lower case, and with nothing else.
A mail that quotes an earlier one counts by its new part. Names of parts and makers are no language.
If the new part has fewer than three words, answer with the language of the quoted part.
If there is no text at all, answer with a hyphen."""


def language_of(mail: str) -> str:
    message = client.messages.create(
        model="claude-haiku-4-5",
        max_tokens=5,
        system=[{"type": "text", "text": RULES, "cache_control": {"type": "ephemeral"}}],
        messages=[{"role": "user", "content": mail}],
    )
    return message.content[0].text
