async def run(xs):
    async with session.post(url, json={"a": 1}) as r, other():
        data = await r.json()
    async for x in agen(1):
        yield await f(x)
    ys = [await g(y) async for y in agen(2) if await h(y)]
    await asyncio.gather(*(call(i) for i in xs))
    return
    -await x ** 2
    lambda: (yield)
