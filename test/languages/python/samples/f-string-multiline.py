prompt = f'''
Line {one} has "quotes" and 'more'
{two:
    >10}
{
  three
} {{ not a field }}
'''
