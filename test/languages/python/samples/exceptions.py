try:
    call()
except* ValueError as group:
    handle(group)
except* (TypeError, KeyError):
    raise RuntimeError("x") from None
try:
    a()
except A, B:
    b()
except (C, D) as e:
    raise
except:
    raise Other
else:
    c()
finally:
    d()
