def column_0(row):
    return row[0]

def column_1(row):
    return row[1]

def column_2(row):
    return row[2]

def column_3(row):
    return row[3]

def column_4(row):
    return row[4]

def column_5(row):
    return row[5]

def column_6(row):
    return row[6]

def column_7(row):
    return row[7]

def column_8(row):
    return row[8]

def column_9(row):
    return row[9]

def column_10(row):
    return row[10]

def column_11(row):
    return row[11]
