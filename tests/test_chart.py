"""The chart of a figure's months: what is written in it lies on none of its lines."""

import pytest

from members.chart import LETTER, ORIGIN, RIGHT, drawn

SHAPES = {
    "on its way": ([0, 1, 1, 2, 2, 2, 3, 3, 3], [0, 0, 1, 1, 2, 2, 2, 2, 2], 4),
    "as expected": ([0, 1, 2, 2, 3, 3, 4, 5, 6], [], 8),
    "a little behind": ([8, 21, 37, 52, 72, 91, 109, 110, 116], [5, 20, 36, 60, 80, 95, 99, 110, 121], 160),
    "nothing yet": ([0], [1], 12),
    "nothing all year": ([0] * 12, [0] * 12, 4),
    "nearly over": ([1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4], [0, 0, 0, 0, 1, 1, 1, 2, 3, 4, 4], 4),
    "over the target": ([1, 2, 4, 6, 9, 9, 9, 10, 11, 11, 12, 12], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 6),
}


def heights(line, x):
    """Where the line is at x, if it goes so far."""
    for one, after in zip(line, line[1:], strict=False):
        if one.x <= x <= after.x:
            yield one.y + (after.y - one.y) * (x - one.x) / (after.x - one.x)


@pytest.mark.parametrize("shape", SHAPES)
def test_words_of_the_last_month_lie_on_no_line(shape):
    totals, before, target = SHAPES[shape]
    chart = drawn(totals, before=before, target=target, begins_at_zero=True)
    words = chart.words_of_last
    wide = LETTER * len(words.text)
    begin = words.x if words.anchor == "start" else words.x - wide

    lines = [[ORIGIN, *chart.real], [ORIGIN, *chart.before], [ORIGIN, chart.plan]]
    crossed = [y for x in range(begin, begin + wide) for line in lines for y in heights(line, x)]

    assert words.text == f"{totals[-1]}, thực hiện"
    assert begin + wide <= RIGHT
    assert not [y for y in crossed if words.y - 10 <= y <= words.y + 3]
