"""How dates, hours and numbers are read and shown in fields and in the admin's lists.

Django's own `vi` leaves ISO dates in every field; an office writes day, month, year. The first
format of each list is the one a field shows.
"""

DATE_FORMAT = "d/n/Y"
SHORT_DATE_FORMAT = "d/n/Y"
TIME_FORMAT = r"G \g\i\ờ i"
DATETIME_FORMAT = r"G \g\i\ờ i, d/n/Y"
SHORT_DATETIME_FORMAT = r"G \g\i\ờ i, d/n/Y"
YEAR_MONTH_FORMAT = r"\t\h\á\n\g n/Y"
MONTH_DAY_FORMAT = "d/n"
FIRST_DAY_OF_WEEK = 1

DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%H giờ %M", "%Hh%M", "%Hh", "%H giờ", "%H.%M", "%H:%M:%S"]
DATETIME_INPUT_FORMATS = [
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
]

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3
