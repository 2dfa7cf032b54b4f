if (n := len(a)) > 10 and (m := f(n)):
    pass
while chunk := read(1024):
    process(chunk)
x = [y := f(1), y**2]
z = {(k := 1): k, **{k: 2}}
call(a := 1, b)
s[i := 0]
{a := 1, 2}
[w for v in xs if (w := g(v))]
