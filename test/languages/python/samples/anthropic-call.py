import anthropic

client = anthropic.Anthropic()
SYSTEM = """You are a careful reviewer.
Answer in one paragraph."""

response = client.messages.create(
    model="claude-sonnet-4-5",
    max_tokens=1024,
    system=[{"type": "text", "text": SYSTEM, "cache_control": {"type": "ephemeral"}}],
    messages=[{"role": "user", "content": f"Today is {date.today():%Y-%m-%d}. {question}"}],
)
