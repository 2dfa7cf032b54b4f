match = re.match(pattern, text)
match(1)
match[0] = 2
match.group(1)
print(match, case, type)
match -x
match * y
type = type(x)
case = {"match": match}
type X = int
type Y[T: (int, str) = int, *Ts = *tuple[int], **P = [int]] = dict[T, Y]
match (x):
    case 1: call()
match x, :
    case (1, ): pass
match -x:
    case _: pass
match [a, b][0]:
    case _: pass
