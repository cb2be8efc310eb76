import datetime

from django.db import migrations

BASIS = "Bộ luật Lao động 2019, Điều 112; thông báo lịch nghỉ của năm"
TET, KINGS = "Tết Nguyên đán", "Giỗ Tổ Hùng Vương"
REUNIFICATION, LABOUR, NATIONAL = "Ngày Chiến thắng 30/4", "Quốc tế Lao động 1/5", "Quốc khánh"
NEW_YEAR = "Tết Dương lịch"

#: Days off that fall on a working day.
OFF = {
    2024: {
        NEW_YEAR: ["1-1"],
        TET: ["2-8", "2-9", "2-12", "2-13", "2-14"],
        KINGS: ["4-18"],
        REUNIFICATION: ["4-29", "4-30"],
        LABOUR: ["5-1"],
        NATIONAL: ["9-2", "9-3"],
    },
    2025: {
        NEW_YEAR: ["1-1"],
        TET: ["1-27", "1-28", "1-29", "1-30", "1-31"],
        KINGS: ["4-7"],
        REUNIFICATION: ["4-30"],
        LABOUR: ["5-1", "5-2"],
        NATIONAL: ["9-1", "9-2"],
    },
    2026: {
        NEW_YEAR: ["1-1", "1-2"],
        TET: ["2-16", "2-17", "2-18", "2-19", "2-20"],
        KINGS: ["4-27"],
        REUNIFICATION: ["4-30"],
        LABOUR: ["5-1"],
        NATIONAL: ["8-31", "9-1", "9-2"],
    },
}
#: Saturdays worked in the stead of a day between two days off.
WORKED = {
    2024: {REUNIFICATION: "5-4"},
    2025: {LABOUR: "4-26"},
    2026: {NEW_YEAR: "1-10", NATIONAL: "8-22"},
}


def on(year, text):
    month, day = map(int, text.split("-"))
    return datetime.date(year, month, day)


def write_down(apps, schema_editor):
    """Later years are written by the office in the admin, as the State announces them."""
    holiday = apps.get_model("portal", "Holiday")
    off = [
        holiday(day=on(year, text), name=name, basis=BASIS)
        for year, names in OFF.items()
        for name, days in names.items()
        for text in days
    ]
    worked = [
        holiday(day=on(year, text), name=f"Làm bù dịp {name}", is_worked=True, basis=BASIS)
        for year, names in WORKED.items()
        for name, text in names.items()
    ]
    holiday.objects.bulk_create(off + worked)


class Migration(migrations.Migration):
    dependencies = [("portal", "0007_holidays")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
