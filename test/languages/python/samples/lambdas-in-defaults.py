key = lambda m: (m["role"], -m.get("n", 0))
sorted(xs, key=lambda t: t["name"])
f = lambda x: lambda y: {x: y}
g = lambda: (yield_)
h = [lambda x=i: x for i in y]
d = {"a": lambda *a, **k: f(*a, **k)}
i = (lambda: 1)()
j = lambda a, b=lambda c: c, *d: a
