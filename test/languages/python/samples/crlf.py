def f(a,
      b):
    """Doc
    string"""
    # comment
    return f"{a}" \
        f"{b}"

x = {
    "a": f(1),
}
