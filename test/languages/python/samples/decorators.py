@a
@b.c(1)(2)
@d[0]
@(lambda f: f)
@x if y else z
def f(): pass

@dataclass(frozen=True)  # why
# a comment between

class C:
    @property
    def p(self): return self._p

    @p.setter
    def p(self, v): self._p = v

    @overload
    async def m(self) -> None: ...
