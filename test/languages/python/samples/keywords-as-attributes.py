a.match.case.type._ = b.print
a.b.c(d.e)(f=g.h)
print = 3
exec = print
nonlocal_ = async_ = await_ = None_ = 1
__debug__
self.__class__.__name__
