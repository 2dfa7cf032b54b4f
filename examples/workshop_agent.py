"""An agent of the workshop's office. Each role may use some tools, kept as a set of names."""

from pathlib import Path

import boto3

bedrock = boto3.client("bedrock-runtime")
HANDBOOK = Path("prompts/workshop-handbook.md").read_text()

DESCRIPTIONS = {
    "find_appointment": "Finds free appointments of a workshop from a date on.",
    "move_appointment": "Moves an appointment to another day; fails if it was moved before.",
    "write_estimate": "Writes an estimate from a list of parts and minutes of work.",
    "call_rider": "Puts a call to a rider on the workshop's list.",
}
OFFICE_TOOLS = {"find_appointment", "move_appointment", "write_estimate", "call_rider"}


def tool_specs() -> list[dict]:
    return [
        {
            "toolSpec": {
                "name": name,
                "description": DESCRIPTIONS[name],
                "inputSchema": {"json": {"type": "object", "properties": {"slip": {"type": "string"}}}},
            }
        }
        for name in OFFICE_TOOLS
    ]


def run(messages: list[dict]) -> dict:
    return bedrock.converse(
        modelId="us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        system=[{"text": HANDBOOK}, {"cachePoint": {"type": "default"}}],
        toolConfig={"tools": tool_specs()},
        messages=messages,
    )
