[x for x in y]
[x for x in y if a if b for z in x if c]
{x for x in y}
{k: v for k, v in d.items()}
(x for x, *y in z)
[lambda: x for x in y if (lambda: x)]
[x if a else b for x in (c if d else e)]
{f(k): {g(v): 1} for k, v in h(d)}
[[a for a in b] for b in c]
[x for x.y in z for w[0] in z]
[i for i in range(5) if i or j and not k]
sum(x for x in y), list((x for x in y))
