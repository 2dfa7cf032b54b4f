a + b - c * d / e // f % g @ h ** i
-a ** -b
~a + +b
not a in b
a and b or c and not d
a if b else c if d else e
a < b <= c != d is not e not in f is g in h
a | b ^ c & d << e >> f
(a + b) * (c - d)
a if (b) else (c)
await_ = not not a
x = yield_ = 1
x += 1; x -= 1; x *= 1; x /= 1; x //= 1; x %= 1; x @= 1; x &= 1; x |= 1; x ^= 1; x >>= 1; x <<= 1; x **= 1
*a, b = c
a, = b
(a, b), [c, *d] = e
a = b = c = f(1)
a: int = 1
a.b: list[int]
a[0]: "x" = g(2)
