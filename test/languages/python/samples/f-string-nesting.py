a = f"{x}"
b = f'{x!r}{y!s:>10}{z!a}'
c = f"{x:{width}.{precision}f}"
d = f"{x:{y:{z}}}"
e = f"{f"{f"{1 + 1}"}"}"
g = f"{d["key"]} {', '.join(f'{k}={v}' for k, v in d.items())}"
h = f"{{literal}} {{{value}}} }}{{"
i = f"{value:%H:%M}{value:{'>'}10}"
j = f"""{
    call(
        a,  # a comment with } and "
        b,
    )
!r:^{w}}
"""
k = f"{x = } {y=!s} {z=:>8} {call(1) = }"
l = f"{(lambda v: v * 2)(3)} {(w := 5)} {w:=+5}"
m = f"{a != b} {a >= b} {a if b else c!r}"
n = f"{'\n'.join(lines)}{"\N{BULLET}"}\N{BULLET}{x}"
