a = "plain" 'joined' """triple "with" quotes"""
b = u"text" if b"by" B"tes" else R"raw\n"
c = 'it''s' "" ''
d = "line \
continued"
e = "\x41\101\u00e9\U0001F600\N{BULLET}"
f = '''ends with a quote\''''
g = """a "" b "\"" """
