"""Vietnamese texts by the thousand: official phrases, the common ones in nearly every text, names, numbers.

Made of paragraphs whose search columns are made once, as Python's folding of 100,000 texts would take
longer than the whole bench; what comes out is what `Article.derive` gives, which is asked of a sample.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from members.demo.names import person
from portal.search.keys import marked_syllables, search_key

#: From what every text says to what few do: a phrase is drawn by its place, the first a hundred times
#: as often as the hundredth.
PHRASES = (
    """
đảng bộ|hội nghị|cán bộ, đảng viên|công tác xây dựng Đảng|cấp ủy|nhiệm vụ|kết quả|tổ chức thực hiện|chi bộ
Đảng ủy Khối|Ban Chấp hành|năm 2024|quý III|lãnh đạo, chỉ đạo|nâng cao chất lượng|chương trình|đồng chí
Ban Thường vụ|nghị quyết|các cơ quan thành phố|tập trung|triển khai|thống nhất|kế hoạch|đoàn thể
kiểm tra, giám sát|sinh hoạt chuyên đề|chỉ tiêu|kết nạp đảng viên|dân vận|tuyên giáo|văn phòng|đại hội
học tập và làm theo Bác|cải cách hành chính|chuyển đổi số|thi đua, khen thưởng|đạo đức công vụ|quy chế
quần chúng ưu tú|bồi dưỡng nhận thức|huy hiệu Đảng|phát huy dân chủ|phê bình và tự phê bình|bảo vệ chính trị
nội bộ|phòng, chống tham nhũng|thực hành tiết kiệm|tài chính đảng|thu, nộp đảng phí|công đoàn viên chức
đoàn thanh niên|hội cựu chiến binh|quy hoạch cán bộ|luân chuyển|bổ nhiệm|đánh giá, xếp loại|hồ sơ đảng viên
kỷ luật|khiếu nại, tố cáo|chữ ký số|cổng thông tin nội bộ|an ninh mạng|vệ sinh môi trường|hiến máu tình nguyện
đền ơn đáp nghĩa|nhà tình nghĩa|biển đảo|lịch trực|nghỉ hưu|chuyển công tác|lễ viếng|văn nghệ|thể thao
cờ vua|bóng bàn|tuyến đường hoa|trồng cây|phân loại rác|hội chợ việc làm|sách cũ|thư viện|hũ gạo tình thương
áo ấm vùng cao|xà cừ|cầu cạn|phà Gót|vải thiều|đèn lồng|mưa đá|triều cường|vịt trời|nón lá
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
LINKING = ["và", "của", "với", "đã", "sẽ", "được", "trong", "theo", "để", "tại", "cho", "những", "các"]
PARAGRAPHS = 4000
WORDS = (70, 130)


@dataclass(frozen=True)
class Text:
    """A title, a body of several paragraphs, and the columns of the search."""

    title: str
    body: str
    plain: str
    search_title: str
    search_text: str
    search_marks: str


@dataclass(frozen=True)
class _Paragraph:
    plain: str
    key: str
    marks: frozenset[str]


def texts(number: int, *, seed: int) -> Iterator[Text]:
    chance = random.Random(seed)
    weights = [1 / (place + 1) for place in range(len(PHRASES))]
    pool = [_paragraph(chance, weights) for _ in range(PARAGRAPHS)]
    for place in range(number):
        chosen = chance.sample(pool, chance.randint(4, 9))
        title = _title(chance, weights, place)
        marks = frozenset(marked_syllables(title)).union(*(one.marks for one in chosen))
        yield Text(
            title=title,
            body="".join(f"<p>{one.plain}</p>" for one in chosen),
            plain=" ".join(one.plain for one in chosen),
            search_title=search_key(title),
            search_text=" ".join(one.key for one in chosen),
            search_marks=" ".join(sorted(marks)),
        )


def _paragraph(chance: random.Random, weights: list[float]) -> _Paragraph:
    said: list[str] = []
    least = chance.randint(*WORDS)
    while len(said) < least:
        said += chance.choices(PHRASES, weights)[0].split()
        said.append(chance.choice(LINKING))
    plain = f"{' '.join(said)} {person(chance)[0]}."
    return _Paragraph(plain, search_key(plain), frozenset(marked_syllables(plain)))


def _title(chance: random.Random, weights: list[float], place: int) -> str:
    first, second = chance.choices(PHRASES, weights, k=2)
    return f"{first}: {second}, công văn số {place % 900 + 1}-CV/ĐUK, đồng chí {person(chance)[0]}"
