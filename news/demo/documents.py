"""A resolution to be studied: asked for, acknowledged by some, opened by others."""

from __future__ import annotations

import datetime

from django.utils import timezone

from members.models import User
from news import actions
from news.models import Category, DirectiveKind

PARAGRAPHS = (
    "Nâng cao chất lượng sinh hoạt chi bộ; mỗi chi bộ chọn ít nhất một nội dung chuyên đề trong quý.",
    "Bí thư chi bộ chuẩn bị nội dung trước kỳ họp ít nhất ba ngày và gửi đến đảng viên.",
    "Đảng viên đọc, trao đổi ở chi bộ và đăng ký một việc làm cụ thể.",
    "Các đảng bộ, chi bộ cơ sở báo cáo kết quả học tập, quán triệt trong báo cáo quý./.",
)


def ask_to_study(*, author: User, approver: User) -> None:
    now = timezone.now()
    article = actions.create_draft(
        by=author,
        title="Nghị quyết về nâng cao chất lượng sinh hoạt chi bộ",
        category=Category.objects.get(slug="xay-dung-dang"),
        lead="Ban Chấp hành Đảng bộ Khối yêu cầu các chi bộ học tập, quán triệt trong quý.",
        body="".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS),
        source="Dữ liệu mẫu",
    )
    actions.submit_for_approval(article, by=author)
    actions.approve_and_publish(
        article, by=approver, version=article.version, published_at=now - datetime.timedelta(days=3)
    )
    actions.describe_document(
        article,
        by=author,
        values={
            "kind": DirectiveKind.RESOLUTION,
            "symbol": "09-NQ/ĐUK",
            "abstract": "về nâng cao chất lượng sinh hoạt chi bộ",
            "issued_by": "Ban Chấp hành Đảng bộ Khối",
            "issued_on": timezone.localdate() - datetime.timedelta(days=5),
            "valid_from": timezone.localdate() - datetime.timedelta(days=5),
        },
    )
    reading = actions.require_reading(
        article, by=author, due_on=timezone.localdate() + datetime.timedelta(days=10)
    )
    people = [reader.user for reader in reading.readers.select_related("user").order_by("pk")]
    for place, person in enumerate(people):
        # Of three people one has acknowledged, one has opened it, one has not come to it yet.
        if place % 3 == 2 or person.username == "canbo":
            continue
        actions.open_reading(reading, by=person)
        if place % 3 == 0:
            actions.acknowledge(reading, by=person, edition=reading.edition)
