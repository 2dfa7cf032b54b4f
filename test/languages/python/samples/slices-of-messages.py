messages[-1]["content"][-1]["cache_control"] = {"type": "ephemeral"}
for m in messages[-2:]:
    m["content"] = [{**block, "cachePoint": {"type": "default"}} for block in m["content"]]
recent = [*history[:1], *history[-10:]][::-1]
del messages[1:3], blocks[-1]["cache_control"]
messages[len(messages) - 1 :][0:1] += [make("x")]
