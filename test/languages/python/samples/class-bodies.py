class A(B, C[D], metaclass=M, **kw):
    """Doc."""
    x: int
    y: str = "a"
    z = w = f(1)
    a, b = 1, 2
    if X:
        def m(self): return {"k": 1}
    else:
        m = None
    class Inner(A.B): pass
    for i in range(3): pass
    __slots__ = ("a", "b")
class E: ...
class F(): x = 1; y = 2
