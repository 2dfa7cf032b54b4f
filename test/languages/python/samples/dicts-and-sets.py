{}
{"a": 1}
{"a": 1, **b, **f(c), "d": {"e": {"f": g(1)}}}
{1, 2, *c}
{"a": lambda: 1, "b": x if y else z, "c": (yield_)}
{**{}, }
{"a": [{"b": ({"c": 1},)}]}
{not a: not b}
{a or b: c | d}
{f"k{i}": f"v{j}"}
