# one

   # two
#three