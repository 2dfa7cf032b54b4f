a = rf"\d+{x}\{y}"
b = fr'\n{call("\n")}'
c = Rb"\x00" + bR'\''
d = f"\{x}" f'\'{y}\'' f"\\{z}"
e = rf"\"{x}\""
