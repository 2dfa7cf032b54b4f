f()
f(a, *b, c=1, **d)
f(*a or b, **c or d)
f(x for x in y)
f(a, (x for x in y))
f(a)(b)[c].d(e)
f(a if b else c, k=lambda: 0, m=not x)
f(
    a,
    b=1,  # comment
)
f(g(h(i(j()))))
f (a) . b (c)
print(*a, sep="", end=f"{x}")
f(**{"a": 1}, **g())
f(match=1, case=2, type=3)
