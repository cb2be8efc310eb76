"""Form: pictures that can be heard, links that lead somewhere, headings in order, the last line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise

from news.checking.findings import Finding
from news.checking.outline import LEAD, TITLE, Outline
from news.checking.records import Records
from news.models import Article
from news.models.articles import UNTITLED
from portal.files.names import has_secrecy_mark

END = "./."
_NOWHERE = ("", "http://", "https://")
#: Words that tell nobody where a link leads when it is heard by itself.
_SAYS_NOTHING = {"tại đây", "ở đây", "đây", "xem", "xem thêm", "link", "click"}


def check(article: Article, outline: Outline, records: Records) -> Iterator[Finding]:
    return chain(
        _head(article), _pictures(article, outline), _links(outline), _headings(outline), _end(outline)
    )


def _head(article: Article) -> Iterator[Finding]:
    if has_secrecy_mark(article.title) or has_secrecy_mark(article.lead):
        yield Finding(
            "Tiêu đề và đoạn mở đầu",
            "Có dấu chỉ độ mật.",
            "Cổng thông tin không chứa bí mật nhà nước: bỏ bài này, xử lý theo quy định về văn bản mật.",
            stops=True,
        )
    if article.title == UNTITLED:
        yield Finding("Tiêu đề", "Bài chưa được đặt tên.", "Bấm Sửa bài rồi ghi tiêu đề.", stops=True)
    letters = [sign for sign in article.title if sign.isalpha()]
    if len(letters) > 12 and all(sign.isupper() for sign in letters):
        yield Finding("Tiêu đề", "Viết hoa cả câu.", "Viết thường, chỉ viết hoa chữ đầu và tên riêng.")
    if article.title.endswith((".", ":", ";", ",")):
        yield Finding("Tiêu đề", f"Có dấu “{article.title[-1]}” ở cuối.", "Bỏ dấu này.")
    if not article.lead:
        yield Finding(
            "Đoạn mở đầu", "Chưa có.", "Ghi một hai câu: khi nào, ở đâu, ai chủ trì, việc gì.", line=LEAD
        )


def _pictures(article: Article, outline: Outline) -> Iterator[Finding]:
    if article.cover and not article.cover_caption:
        yield Finding(
            "Ảnh của bài",
            "Chưa có chú thích.",
            "Ghi chú thích và người chụp, ví dụ: Quang cảnh Hội nghị.",
            LEAD,
        )
    for line, picture in outline.pictures:
        if not picture.alt:
            yield Finding(
                f"Ảnh thứ {picture.number} trong nội dung",
                "Chưa có lời tả cho người không nhìn được.",
                "Bấm đúp vào ảnh, ghi vào ô “Lời tả ảnh cho người không nhìn được”.",
                line.number,
                stops=True,
            )


def _links(outline: Outline) -> Iterator[Finding]:
    for line, link in outline.links:
        words = " ".join(link.words.split())
        if not words and not link.has_picture:
            yield Finding(
                line.where,
                f"Có liên kết không có chữ (tới {link.href or 'không đâu'}).",
                "Chọn chỗ đó, bấm nút bỏ liên kết, hoặc ghi chữ cho liên kết.",
                line.number,
                stops=True,
            )
        elif _leads_nowhere(link.href.strip()):
            yield Finding(
                line.where,
                f"Liên kết “{words or 'ảnh'}” không dẫn tới đâu.",
                "Ghi địa chỉ cho liên kết, hoặc bỏ liên kết.",
                line.number,
                stops=True,
            )
        elif words.lower().rstrip(".:") in _SAYS_NOTHING:
            yield Finding(
                line.where,
                f"Liên kết chỉ ghi “{words}”.",
                "Ghi tên trang hoặc văn bản mà liên kết dẫn tới.",
                line.number,
            )


def _leads_nowhere(href: str) -> bool:
    """A place inside the text is none: the names that Word gives to its headings are cleaned away."""
    return href in _NOWHERE or href.startswith("#")


def _headings(outline: Outline) -> Iterator[Finding]:
    """The title is the first level; each next one goes at most one level deeper."""
    headings = [line for line in outline.body if line.level]
    for above, line in pairwise([outline.title, *headings]):
        if not line.words:
            yield Finding(
                line.where, "Đề mục không có chữ.", "Xóa dòng này, hoặc đổi thành đoạn thường.", line.number
            )
        if line.level > max(above.level, 1) + 1:
            yield Finding(
                line.where,
                f"Đề mục cấp {line.level - 1} đứng ngay dưới {_level(above.level)}.",
                f"Đổi thành đề mục cấp {max(above.level, 1)}.",
                line.number,
            )


def _level(level: int) -> str:
    return f"đề mục cấp {level - 1}" if level else "tiêu đề bài"


def _end(outline: Outline) -> Iterator[Finding]:
    """Only the last line of an item ends in "./." (domain §8.7)."""
    *before, last = [line for line in outline.lines if line.words and line.number != TITLE] or [outline.lead]
    for line in before:
        if END in line.words:
            yield Finding(
                line.where, "Có “./.” ở giữa bài.", "Đổi thành dấu chấm; “./.” chỉ ở dòng cuối.", line.number
            )
    if last.words and not last.words.endswith(END):
        yield Finding(
            last.where, "Là dòng cuối mà không kết thúc bằng “./.”.", "Thêm “./.” vào cuối bài.", last.number
        )
