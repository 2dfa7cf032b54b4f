pass; pass
if a: b; c
elif d: e
else: f
for x in 1, 2, *y: pass
for x, in z: pass
for (x, y), *z in w:
    continue
else:
    pass
while a: break
else: pass
del a, b[0], (c, d.e)
assert a, f"b{c}"
global g
raise
return_ = 1
import a.b.c as d, e
from . import f
from .. import g as h
from ...i.j import (k as l, m,)
from n import *
from . .o import p
