a = 1 + \
    2
assert some_call(1), \
    "message"
if a and \
   b:
    call(1, \
         2)
with open("a") as f, \
     open("b") as g:
    pass
