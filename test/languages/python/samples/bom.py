# -*- coding: utf-8 -*-
x = f("é", k=1)
