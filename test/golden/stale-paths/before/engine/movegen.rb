def square_0
  0 * 8
end
def square_1
  1 * 8
end
def square_2
  2 * 8
end
def square_3
  3 * 8
end
def square_4
  4 * 8
end
def square_5
  5 * 8
end
def square_6
  6 * 8
end
def square_7
  7 * 8
end
def square_8
  8 * 8
end
def square_9
  9 * 8
end
def square_10
  10 * 8
end
def square_11
  11 * 8
end
def square_12
  12 * 8
end
def square_13
  13 * 8
end
