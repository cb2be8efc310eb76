"""News items: written, approved by a second person, published to an audience, withdrawn."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from members.models import PartyOrganization
from members.roles import Role
from news.models.pictures import Focus, cover_mark, srcset
from portal.richtext import RichTextField, clean, to_plain
from portal.search.keys import marked_syllables, search_key
from portal.search.suggestions import TITLES
from portal.vietnamese import nfc
from portal.vietnamese.fields import NFCCharField, NFCTextField

if TYPE_CHECKING:
    from members.models import User
    from news.models.photos import Photo

TEXT_FIELDS = frozenset({"title", "lead", "body"})
DERIVED_FIELDS = frozenset({"body", "plain", "search_title", "search_text", "search_marks"})
SEARCH_FIELDS = ("plain", "search_text", "search_title", "search_marks", "search_vector")
WORDS_A_MINUTE = 220
#: What an item is called that saved itself before anybody gave it a title; it is not submitted under it.
UNTITLED = "Bài chưa đặt tên"


class ArticleState(models.TextChoices):
    """An item's way (domain §6.1). Approved and scheduled ones lose their approval with the first change."""

    DRAFT = "draft", "Bản nháp"
    FOR_EDITING = "for_editing", "Chờ biên tập"
    FOR_APPROVAL = "for_approval", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt"
    SCHEDULED = "scheduled", "Hẹn đăng"
    PUBLISHED = "published", "Đã đăng"
    WITHDRAWN = "withdrawn", "Đã gỡ"


#: Approved by a second person and not before the readers yet: the approval is for one text.
CLEARED = (ArticleState.APPROVED, ArticleState.SCHEDULED)
#: While an item is in one of these, what is typed may save itself: nobody reads it yet.
IN_THE_MAKING = (ArticleState.DRAFT, ArticleState.FOR_EDITING, ArticleState.FOR_APPROVAL)
#: Published later than this after its hour, an item carries a mark.
LATE_AFTER = datetime.timedelta(minutes=5)


class Category(models.Model):
    name = NFCCharField("tên chuyên mục", max_length=80, unique=True)
    slug = models.SlugField("đường dẫn", max_length=80, unique=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "chuyên mục"
        verbose_name_plural = "chuyên mục"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('news:list')}?chuyen-muc={self.slug}"


def _published() -> Q:
    return Q(state=ArticleState.PUBLISHED, published_at__lte=timezone.now())


def _reaching(user: User) -> Q:
    reaches = Article.audience_organizations.through.objects.filter(
        article=OuterRef("pk"), partyorganization__in=user.audiences
    )
    return Q(is_for_all=True) | Q(Exists(reaches))


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: User) -> Self:
        """What the user may read as a reader, and one's own texts; everything for editors (P01–P06)."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.EDITOR):
            return self
        return self.filter(_published() & _reaching(user) | Q(author=user))

    def published_to(self, user: User) -> Self:
        """Published and meant for the user's organisations: the same for all people of one audience."""
        if user.has_role(Role.EDITOR):
            return self.filter(_published())
        return self.filter(_published(), _reaching(user)) if user.is_active else self.none()

    def visible_parts(self, user: User) -> list[Self]:
        """`visible_to` as a union: each part lies in the order of an index, the whole in that of none."""
        if not user.is_active:
            return []
        if user.has_role(Role.EDITOR):
            return [self.published(), self.unpublished()]
        return [self.published_to(user), self.filter(author=user)]

    def still_read_by(self, user: User, items: list[int]) -> list[int]:
        """Of these items, which a browser of this person may go on keeping: those still published to them."""
        if not items:
            return []
        return list(self.published_to(user).filter(pk__in=items).values_list("pk", flat=True))

    def published(self) -> Self:
        return self.filter(_published())

    def for_approval(self) -> Self:
        return self.filter(state=ArticleState.FOR_APPROVAL)

    def due(self, now: datetime.datetime) -> Self:
        """Scheduled, and the hour has come; the longest waiting first."""
        return self.filter(state=ArticleState.SCHEDULED, publish_at__lte=now).order_by("publish_at", "pk")

    def pinned(self, today: datetime.date) -> Self:
        """What an editor keeps on top until a day."""
        return self.published().filter(pinned_until__gte=today)

    def expired(self, today: datetime.date) -> Self:
        """Published, and its last day is over; the longest first."""
        return self.filter(state=ArticleState.PUBLISHED, expires_on__lt=today).order_by("expires_on", "pk")

    def unpublished(self) -> Self:
        """What its readers do not see: in the making, waiting for its hour, withdrawn."""
        return self.exclude(_published())

    def with_picture_to_size(self) -> Self:
        return self.exclude(cover="").filter(cover_widths__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def whole(self) -> Self:
        """What the page of an item shows: everything but the columns of the search."""
        people = ("author", "approved_by", "editor", "approver")
        beside = ("category", "series", "directive", "required_reading")
        kept_up = ("upkeep__owner", "upkeep__organization")
        return self.select_related(*beside, *people, *kept_up).defer(*SEARCH_FIELDS)

    def as_rows(self) -> Self:
        """What a list shows and no more: bodies stay in the database."""
        return self.select_related("category").defer("body", *SEARCH_FIELDS)


class Article(models.Model):
    """A news item. The body is cleaned rich text.

    `publish_at` is the hour that was promised, `published_at` the one at which it appeared. `desk` is the
    open page that wrote this `version` and `desk_step` the number of its request (`portal.saving`).
    """

    title = NFCCharField("tiêu đề", max_length=250)
    slug = models.SlugField("đường dẫn", max_length=120, unique=True)
    lead = NFCTextField("đoạn mở đầu", max_length=1000, blank=True)
    body = RichTextField("nội dung", blank=True)
    cover = models.ImageField(
        "ảnh", upload_to="news/covers", blank=True, width_field="cover_width", height_field="cover_height"
    )
    cover_width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    cover_height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    cover_alt = NFCCharField("mô tả ảnh cho người không nhìn được", max_length=200, blank=True)
    cover_caption = NFCCharField("chú thích ảnh", max_length=200, blank=True)
    cover_credit = NFCCharField("người chụp", max_length=120, blank=True, default="", db_default="")
    cover_focus = models.CharField(
        "phần chính của ảnh",
        max_length=5,
        choices=Focus.choices,
        default=Focus.CENTRE,
        db_default=Focus.CENTRE,
    )
    #: The sizes there are; None until they are made, empty where the picture could not be read.
    cover_widths = ArrayField(models.PositiveSmallIntegerField(), null=True, blank=True, editable=False)
    category = models.ForeignKey(
        Category, verbose_name="chuyên mục", on_delete=models.PROTECT, related_name="articles"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người viết", on_delete=models.PROTECT, related_name="articles"
    )
    byline = NFCCharField("bút danh", max_length=120, blank=True)
    source = NFCCharField("nguồn", max_length=120, blank=True)
    is_for_all = models.BooleanField("cho toàn đảng bộ", default=True)
    audience_organizations = models.ManyToManyField(
        PartyOrganization,
        verbose_name="chỉ cho các tổ chức",
        related_name="+",
        blank=True,
        help_text="Tổ chức được chọn và các tổ chức bên dưới.",
    )
    tags = models.ManyToManyField("news.Tag", verbose_name="thẻ", related_name="articles", blank=True)
    series = models.ForeignKey(
        "news.Series",
        verbose_name="loạt bài",
        on_delete=models.PROTECT,
        related_name="articles",
        null=True,
        blank=True,
    )
    state = models.CharField(
        "trạng thái", max_length=12, choices=ArticleState.choices, default=ArticleState.DRAFT
    )
    submitted_at = models.DateTimeField("trình duyệt lúc", null=True, blank=True)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người biên tập",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="trình đồng chí",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    due_on = models.DateField("hạn xử lý", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người duyệt",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    approved_version = models.PositiveIntegerField("bản được duyệt", null=True, blank=True, editable=False)
    publish_at = models.DateTimeField("hẹn đăng lúc", null=True, blank=True)
    published_at = models.DateTimeField("đăng lúc", null=True, blank=True)
    pinned_until = models.DateField("ghim đến hết ngày", null=True, blank=True)
    expires_on = models.DateField("hiện đến hết ngày", null=True, blank=True)
    corrected_at = models.DateTimeField("đã sửa lúc", null=True, blank=True)
    correction = NFCCharField("đã sửa gì", max_length=250, blank=True, default="", db_default="")
    withdrawn_at = models.DateTimeField("gỡ lúc", null=True, blank=True)
    note = NFCTextField("lý do trả lại hoặc gỡ", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    desk = models.UUIDField(null=True, blank=True, editable=False)
    desk_step = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    created_at = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)
    plain = models.TextField(editable=False, default="")
    search_title = models.CharField(max_length=250, editable=False, default="")
    search_text = models.TextField(editable=False, default="")
    search_marks = models.TextField(editable=False, default="")
    search_vector = models.GeneratedField(
        expression=SearchVector("search_title", weight="A", config="simple")
        + SearchVector("search_text", weight="B", config="simple")
        + SearchVector("search_marks", weight="D", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects: ClassVar[ArticleQuerySet] = ArticleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "tin, bài"
        verbose_name_plural = "tin, bài"
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ArticleState.PUBLISHED)
                | Q(published_at__isnull=False, approved_by__isnull=False),
                name="published_article_has_time_and_approver",
                violation_error_message="Tin đã đăng phải có người duyệt và giờ đăng.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "scheduled"])
                | Q(approved_by__isnull=False, approved_version=F("version")),
                name="cleared_article_is_approved_as_it_stands",
                violation_error_message="Bài đã sửa sau khi duyệt phải được duyệt lại.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ArticleState.SCHEDULED) | Q(publish_at__isnull=False),
                name="scheduled_article_has_an_hour",
                violation_error_message="Bài hẹn đăng phải có ngày giờ đăng.",
            ),
            models.CheckConstraint(
                # A second pair of eyes, always (P08).
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("author")),
                name="article_not_approved_by_author",
                violation_error_message="Người viết không tự duyệt tin của mình.",
            ),
            models.CheckConstraint(
                condition=Q(cover="") | ~Q(cover_alt=""),
                name="cover_has_description",
                violation_error_message="Ảnh cần một câu mô tả cho người không nhìn được.",
            ),
        ]
        indexes = [
            models.Index(
                F("published_at").desc(),
                F("id").desc(),
                name="article_published_keyset",
                condition=Q(state=ArticleState.PUBLISHED),
            ),
            models.Index(
                F("category"),
                F("published_at").desc(),
                F("id").desc(),
                name="article_category_keyset",
                condition=Q(state=ArticleState.PUBLISHED),
            ),
            models.Index(
                "id", name="article_cover_to_size", condition=Q(cover_widths__isnull=True) & ~Q(cover="")
            ),
            models.Index("pinned_until", name="article_pinned", condition=Q(pinned_until__isnull=False)),
            models.Index("expires_on", name="article_expiring", condition=Q(expires_on__isnull=False)),
            models.Index("publish_at", name="article_scheduled", condition=Q(state=ArticleState.SCHEDULED)),
            GinIndex("search_vector", name="article_search"),
            GinIndex(TITLES, name="article_titles"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is None:
            self.derive()
        elif not TEXT_FIELDS.isdisjoint(fields):
            self.derive()
            kwargs["update_fields"] = DERIVED_FIELDS.union(fields)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("news:article", args=[self.slug])

    def get_cover_url(self) -> str:
        """The picture's address, whole."""
        return f"{reverse('news:image', args=[self.pk])}?{self._cover_mark}"

    @property
    def gallery(self) -> list[Photo]:
        """Its photographs in order, out of its own row where the page asked for them with it."""
        rows: list[dict[str, Any]] | None = getattr(self, "photo_rows", None)
        if rows is None:
            return list(self.photos.all())
        return [self.photos.model(article=self, **row) for row in rows]

    @property
    def cover_webp(self) -> str:
        return self._cover_sizes("webp")

    @property
    def cover_jpeg(self) -> str:
        return self._cover_sizes("jpg")

    def _cover_sizes(self, ending: str) -> str:
        base = reverse("news:image", args=[self.pk])
        return srcset(base, self.cover_widths or [], ending, self._cover_mark)

    @property
    def _cover_mark(self) -> str:
        return cover_mark(self.cover.name or "")

    def derive(self) -> None:
        """Fill the search columns from title, lead and body; bulk writers call it themselves."""
        self.body = clean(self.body)
        self.plain = nfc(" ".join(filter(None, [self.lead, to_plain(self.body)])))
        self.search_title = search_key(nfc(self.title))
        self.search_text = search_key(self.plain)
        self.search_marks = " ".join(marked_syllables(f"{self.title} {self.plain}"))

    @property
    def reading_minutes(self) -> int:
        words: int = len(self.lead.split()) + self.body.count(" ")
        return max(1, round(words / WORDS_A_MINUTE))

    @property
    def status(self) -> ArticleState:
        return ArticleState(self.state)

    @property
    def is_scheduled(self) -> bool:
        """Approved, but its time has not come."""
        return self.state == ArticleState.SCHEDULED

    @property
    def is_late(self) -> bool:
        """Published, or still waiting, well after the hour that was promised."""
        if self.publish_at is None or self.state not in (ArticleState.SCHEDULED, ArticleState.PUBLISHED):
            return False
        return (self.published_at or timezone.now()) - self.publish_at > LATE_AFTER

    @property
    def saves_itself(self) -> bool:
        return self.state in IN_THE_MAKING

    @property
    def in_charge(self) -> User | None:
        """Who was asked by name to act next."""
        match self.state:
            case ArticleState.FOR_EDITING:
                return self.editor
            case ArticleState.FOR_APPROVAL:
                return self.approver
            case _:
                return None

    @property
    def is_overdue(self) -> bool:
        """The day by which somebody was to act is over."""
        waits = self.state in (ArticleState.FOR_EDITING, ArticleState.FOR_APPROVAL)
        return waits and self.due_on is not None and self.due_on < timezone.localdate()
