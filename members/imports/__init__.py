"""Lists of members as offices keep them in Excel, read row by row into verdicts (domain §8.5, §8.6).

`workbook` reads sheets, `headers` finds the table, `cells` understands a cell, `checking` compares a
row with the register, `result` writes the list back with what was wrong.
"""
