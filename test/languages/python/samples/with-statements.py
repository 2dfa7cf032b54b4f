with open("a") as f, open("b") as g:
    pass
with (open("a") as f, open("b") as g,):
    pass
with (open("a")):
    pass
with (a, b):
    pass
with (yield):
    pass
with (a).b(c) as d.e, (f) as (g, h):
    pass
with (call(1) if x else y) as z[0]:
    pass
with call(lambda: (1, 2)) as [a, *b]: pass
