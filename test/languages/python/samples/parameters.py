def a(x, /, y, *, z): pass
def b(*args, k=1, **kw): pass
def c(x=1, /, *, y: int = 2, **kw: dict[str, int]): pass
def d(x, y=f(1), /, *args: int): pass
def e(self, *, a, b=lambda x, /, *y, z=1, **w: (x, y)): pass
lambda: 0
lambda *, a: a
lambda x, /: x
lambda *a, **k: f(*a, **k)
lambda x=lambda: 1: x
