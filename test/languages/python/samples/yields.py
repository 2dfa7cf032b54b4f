def g():
    x = yield
    y = yield 1, *z
    yield from f(1)
    a = b = yield c
    return (yield d), [(yield)]
    f((yield e))
    x = await_ = (yield)
    f"{(yield)}"
