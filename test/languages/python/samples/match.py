match command.split(), extra:
    case ["go", ("north" | "south") as direction], _:
        go(direction)
    case {"type": "text", "text": str(text), **rest} if len(text) > f(1):
        send(text)
    case Point(x=0, y=yy) | Point(0, yy):
        plot(yy)
    case -1 | 2 + 3j | "a" "b" | None | True:
        pass
    case [a, *_, b] | (a, b):
        pass
    case a.b.c:
        pass
    case (x):
        pass
    case *head, tail:
        pass
    case {}:
        pass
    case _:
        pass
