x[0], x[-1], x[a:b], x[a:b:c], x[:], x[::], x[::2], x[:b], x[a:]
x[a, b], x[a:b, c], x[..., :], x[*a], x[*a, b], x[a,], x[()]
x[f(1):g(2), h(3)]
x[lambda: 0]
x[a := 1]
x["k"]["l"][0].m[1:2] = 3
x[a if b else c:d]
