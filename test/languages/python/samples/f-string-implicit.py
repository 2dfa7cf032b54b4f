text = (
    "You are " f"{role}" ". Today is "
    f"{now:%d %B}" r"\n" 'and'
    f"""{one(
        1)}""" f""
)
