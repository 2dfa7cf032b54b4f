class Box[T: Hashable = str, *Ts = *tuple[int, ...], **P = ...](Base[T], Generic[*Ts], metaclass=Meta, flag=call()):
    value: T = field(default_factory=lambda: {})

    def map[U](self, fn: Callable[[T], U], *args: *Ts, **kwargs: P.kwargs) -> "Box[U]":
        return Box(fn(self.value))


def first[T](xs: list[T], /, default: T | None = None, *, strict: bool = False) -> T: ...
