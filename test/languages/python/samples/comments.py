#!/usr/bin/env python
# -*- coding: utf-8 -*-
x = f(  # open
    # alone
    1,  # one
    # before the end
)  # closed
# between
if x:  # test
    # first
    y = [  # list
        g(2)
    ]
        # odd
# outside
else:
    pass
