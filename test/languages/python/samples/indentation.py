if a:
	if b:
		call(1)
	else:
		call(2)
if c:
        call(3)  # deep
        # less

# none
        call(4)
def f():
  return {
"a": 1,
        "b": [
  2,
],
  }
class A: pass
if x:
    \
    y
