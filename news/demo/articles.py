"""Twelve short items over the usual columns, the newest of today."""

from __future__ import annotations

import datetime

from django.utils import timezone

from members.models import User
from members.owning_committee import owning_committee
from news import actions
from news.models import Article, ArticleState, Category
from news.slugs import unique_slug
from portal import dates

#: Of the items in a column: the words they are found by.
TAGS = {
    "tin-hoat-dong": ("kết nạp đảng viên", "bồi dưỡng"),
    "thong-bao": ("báo cáo", "chuyển đổi số"),
    "xay-dung-dang": ("tổ chức cơ sở đảng", "đảng viên dự bị"),
    "kiem-tra-giam-sat": ("kiểm tra giám sát",),
    "dan-van-doan-the": ("chuyển đổi số", "đoàn thể"),
    "hoc-tap-va-lam-theo-bac": ("nêu gương",),
}
SERIES = {"hoc-tap-va-lam-theo-bac": "Mỗi chi bộ một việc làm theo Bác"}

#: (column, days ago, title, lead, paragraphs)
ITEMS: tuple[tuple[str, int, str, str, tuple[str, ...]], ...] = (
    (
        "tin-hoat-dong",
        0,
        "Khai giảng lớp bồi dưỡng nhận thức về Đảng đợt cuối năm",
        "Lớp học gồm quần chúng ưu tú do các chi bộ trong Khối giới thiệu, học trong bốn ngày.",
        (
            "Học viên nghe giới thiệu lịch sử Đảng, Cương lĩnh, Điều lệ và trao đổi về phấn đấu vào Đảng.",
            "Cuối khóa, học viên làm bài thu hoạch. Chi bộ nơi giới thiệu nhận kết quả trong tháng.",
        ),
    ),
    (
        "thong-bao",
        1,
        "Lịch gửi báo cáo công tác năm của các tổ chức cơ sở đảng",
        "Các đảng bộ, chi bộ cơ sở gửi báo cáo về Văn phòng trước ngày 05 tháng sau.",
        (
            "Báo cáo gồm kết quả công tác, số liệu đảng viên và các nhiệm vụ được giao.",
            "Số liệu lấy đến ngày 15. Phần còn lại của tháng ghi là ước.",
        ),
    ),
    (
        "xay-dung-dang",
        2,
        "Rà soát hồ sơ đảng viên dự bị sắp đến hạn công nhận chính thức",
        "Ban Tổ chức đề nghị các chi bộ kiểm tra danh sách đến hạn trong quý.",
        (
            "Thời hạn tính tròn mười hai tháng từ ngày kết nạp, kể cả khi chi bộ họp muộn.",
            "Chi bộ gửi hồ sơ trong ba mươi ngày làm việc kể từ ngày hết thời gian dự bị.",
        ),
    ),
    (
        "kiem-tra-giam-sat",
        4,
        "Tập huấn nghiệp vụ kiểm tra, giám sát cho cấp ủy cơ sở",
        "Hơn một trăm đồng chí phụ trách công tác kiểm tra của các chi bộ, đảng bộ tham gia.",
        (
            "Nội dung tập trung vào quy trình kiểm tra khi có dấu hiệu vi phạm và cách lập hồ sơ.",
            "Sau tập huấn, mỗi đơn vị tự rà soát chương trình kiểm tra năm của mình.",
        ),
    ),
    (
        "dan-van-doan-the",
        5,
        "Đoàn Thanh niên Khối phát động tuần lễ số hóa tài liệu",
        "Đoàn viên giúp các chi bộ nhập danh sách, sắp xếp tài liệu sinh hoạt.",
        ("Mỗi chi đoàn nhận ít nhất một chi bộ để hỗ trợ. Kết quả báo về Ban Thường vụ Đoàn Khối.",),
    ),
    (
        "hoc-tap-va-lam-theo-bac",
        7,
        "Sinh hoạt chuyên đề học tập và làm theo Bác quý IV",
        "Các chi bộ chọn một việc làm cụ thể để thực hiện trong quý.",
        (
            "Chuyên đề gắn với trách nhiệm nêu gương của người đứng đầu và cải cách thủ tục ở từng cơ quan.",
            "Chi bộ ghi việc đã chọn vào biên bản sinh hoạt và đánh giá vào kỳ họp sau.",
        ),
    ),
    (
        "tin-hoat-dong",
        9,
        "Trao Huy hiệu Đảng đợt 7/11",
        "Các đồng chí đủ tuổi Đảng được trao Huy hiệu tại chi bộ nơi sinh hoạt.",
        ("Lễ trao tổ chức gọn, có mặt cấp ủy cấp trên. Danh sách theo quyết định của Thành ủy.",),
    ),
    (
        "xay-dung-dang",
        12,
        "Hướng dẫn đánh giá chi bộ, đảng bộ bốn tốt",
        "Việc đánh giá gắn với kiểm điểm và xếp loại chất lượng cuối năm.",
        ("Chi bộ tự chấm, đảng ủy cơ sở thẩm định, gửi kết quả về Ban Tổ chức trước ngày 20/12.",),
    ),
    (
        "dan-van-doan-the",
        15,
        "Công đoàn tổ chức ngày hội thể thao cán bộ, công chức",
        "Mười tám đơn vị tham gia bốn môn thi đấu.",
        ("Ngày hội nhằm nâng cao sức khỏe và gắn kết giữa các cơ quan trong Khối.",),
    ),
    (
        "kiem-tra-giam-sat",
        18,
        "Kết thúc đợt kiểm tra thu, nộp đảng phí",
        "Các đơn vị được kiểm tra thu đúng đối tượng, nộp đúng hạn.",
        ("Đoàn kiểm tra nhắc một số chi bộ ghi sổ đầy đủ và lưu chứng từ theo quy định.",),
    ),
    (
        "thong-bao",
        22,
        "Sử dụng cổng thông tin nội bộ để nhận giấy mời",
        "Giấy mời hội nghị gửi qua thư điện tử và hiện trên cổng; trả lời bằng một lần bấm.",
        ("Đồng chí chưa có tài khoản liên hệ Văn phòng. Cổng không chứa tài liệu mật.",),
    ),
    (
        "hoc-tap-va-lam-theo-bac",
        30,
        "Gương sáng trong công việc hằng ngày",
        "Chuyện một cán bộ một cửa giải thích thủ tục cho người già đến khi xong mới nghỉ.",
        ("Chi bộ đề nghị biểu dương trong kỳ sinh hoạt tới.",),
    ),
)


def publish_samples(*, author: User, approver: User) -> None:
    now = timezone.now()
    for slug, days_ago, title, lead, paragraphs in reversed(ITEMS):
        article = actions.create_draft(
            by=author,
            title=title,
            category=Category.objects.get(slug=slug),
            lead=lead,
            body="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
            source="Dữ liệu mẫu",
        )
        actions.set_topics(article, by=author, tags=TAGS[slug], series=SERIES.get(slug, ""))
        article = actions.submit_for_approval(article, by=author)
        published_at = now - datetime.timedelta(days=days_ago, hours=1)
        actions.approve_and_publish(article, by=approver, version=article.version, published_at=published_at)


#: What is read for years, and in how many days it is looked through again.
LASTING = {
    "Hướng dẫn đánh giá chi bộ, đảng bộ bốn tốt": 10,
    "Sử dụng cổng thông tin nội bộ để nhận giấy mời": 200,
}


def keep_up(*, owner: User, by: User) -> None:
    """Two items are lasting ones; one of them is to be looked through soon."""
    for title, days in LASTING.items():
        actions.give_upkeep(
            Article.objects.get(title=title),
            owner=owner,
            organization=owning_committee().organization,
            months=12,
            review_on=timezone.localdate() + datetime.timedelta(days=days),
            by=by,
        )


#: What is on the editors' desk: (column, title, lead), in the order of the states it is left in.
ON_THE_DESK = (
    ("xay-dung-dang", "Kết quả bước đầu thực hiện sinh hoạt chuyên đề", "Bản nháp đang viết dở."),
    ("dan-van-doan-the", "Tuần lễ số hóa tài liệu sau năm ngày", "Đoàn viên đã giúp hai mươi chi bộ."),
    ("kiem-tra-giam-sat", "Chương trình kiểm tra, giám sát năm sau", "Dự thảo gửi các chi bộ góp ý."),
    ("thong-bao", "Lịch trực Văn phòng cuối tuần", "Văn phòng trực từ 8 giờ 00 đến 17 giờ 00 thứ Bảy."),
)


def fill_the_desk(*, author: User, approver: User) -> None:
    """A draft that was returned, one to be edited, one to be approved by name, one waiting for its hour."""
    returned, editing, approval, scheduled = (
        actions.create_draft(
            by=author,
            title=title,
            category=Category.objects.get(slug=slug),
            lead=lead,
            body="<p>Nội dung đang được hoàn thiện./.</p>",
            source="Dữ liệu mẫu",
        )
        for slug, title, lead in ON_THE_DESK
    )
    today = timezone.localdate()
    actions.submit_for_approval(returned, by=author, approver=approver)
    actions.return_with_reason(returned, by=approver, reason="Thiếu số chi bộ đã sinh hoạt; hỏi Ban Tổ chức.")
    actions.submit_for_editing(editing, by=author, editor=approver, due_on=today)
    actions.comment(editing, by=approver, text="Ghi rõ hai mươi chi bộ nào, lấy theo báo cáo tuần.")
    actions.submit_for_approval(
        approval, by=author, approver=approver, due_on=today + datetime.timedelta(days=1)
    )
    actions.submit_for_approval(scheduled, by=author)
    tomorrow = dates.midnight(today + datetime.timedelta(days=1)) + datetime.timedelta(hours=8)
    actions.approve_and_publish(scheduled, by=approver, version=scheduled.version, published_at=tomorrow)


def write_many(number: int, *, author: User, approver: User) -> None:
    """Many published items in bulk, to see lists and search at their full size."""
    now = timezone.now()
    categories = list(Category.objects.all())
    stem = unique_slug("bai-mau")
    articles = []
    for place in range(number):
        _, _, title, lead, paragraphs = ITEMS[place % len(ITEMS)]
        article = Article(
            title=f"{title} ({place + 1})",
            slug=f"{stem}-{place + 1}",
            lead=lead,
            body="".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
            category=categories[place % len(categories)],
            author=author,
            approved_by=approver,
            state=ArticleState.PUBLISHED,
            approved_version=1,
            published_at=now - datetime.timedelta(days=40, minutes=30 * place),
        )
        article.derive()
        articles.append(article)
    Article.objects.bulk_create(articles, batch_size=1000)
