x = f(1)

def g():
    return {"a": 1}

y = f(2)
