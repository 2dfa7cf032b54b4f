system = (
    "Be brief. " + ("Use tools. " if tools else "")
    + "\n".join(f"- {rule}" for rule in rules)
    + "Today: %s, user: %(name)s" % {"name": name}
    + "{} {x}".format(a, x=b)
).strip()
