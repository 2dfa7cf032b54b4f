x = f(1)
if x:
    y = {"a": 1}