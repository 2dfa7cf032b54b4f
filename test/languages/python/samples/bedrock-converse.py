import boto3

bedrock = boto3.client("bedrock-runtime", region_name="eu-central-1")


def ask(messages, *, tools=(), **options):
    params = {
        "modelId": options.pop("model", "amazon.nova-pro-v1:0"),
        "messages": [*messages, {"role": "user", "content": [{"text": "Go on."}]}],
        **({"toolConfig": {"tools": [*tools]}} if tools else {}),
    }
    return bedrock.converse(**params)["output"]["message"]
