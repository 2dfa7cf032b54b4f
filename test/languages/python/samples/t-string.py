a = t"Hello {name!r:>{width}}"
b = rt"\d{x}" t'{y}'
c = T"{call(1)}"
