import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import portal.vietnamese.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChannelBreaker",
            fields=[
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "Thư điện tử")],
                        max_length=8,
                        primary_key=True,
                        serialize=False,
                        verbose_name="kênh",
                    ),
                ),
                ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="mất liên lạc từ")),
                ("probe_at", models.DateTimeField(blank=True, null=True, verbose_name="thử lại lúc")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="lý do")),
            ],
            options={
                "verbose_name": "cầu dao kênh gửi",
                "verbose_name_plural": "cầu dao kênh gửi",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at__isnull", True), ("probe_at__isnull", True), ("reason", "")),
                            models.Q(
                                ("opened_at__isnull", False),
                                ("probe_at__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="breaker_open_says_since_when_and_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="loại")),
                ("key", models.CharField(max_length=120, verbose_name="khóa")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="bản")),
                ("about_id", models.BigIntegerField()),
                ("title", portal.vietnamese.fields.NFCCharField(max_length=250, verbose_name="tiêu đề")),
                ("url", models.CharField(max_length=300, verbose_name="địa chỉ trang")),
                ("context", models.JSONField(blank=True, default=dict, verbose_name="nội dung đã chốt")),
                ("is_urgent", models.BooleanField(default=False, verbose_name="khẩn")),
                ("posted_at", models.DateTimeField(verbose_name="gửi lúc")),
                ("hold_until", models.DateTimeField(verbose_name="giữ đến")),
                ("deadline", models.DateTimeField(verbose_name="hết hạn gửi")),
                ("recipient_count", models.PositiveIntegerField(default=0, verbose_name="số người nhận")),
                (
                    "portal_count",
                    models.PositiveIntegerField(default=0, verbose_name="số người nhận trên cổng"),
                ),
                ("superseded_at", models.DateTimeField(blank=True, null=True, verbose_name="được thay lúc")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="hủy lúc")),
                (
                    "about_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người hủy",
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người gửi",
                    ),
                ),
            ],
            options={
                "verbose_name": "thông báo",
                "verbose_name_plural": "thông báo",
                "ordering": ["-posted_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "Thư điện tử")], default="mail", max_length=8, verbose_name="kênh"
                    ),
                ),
                ("recipient_key", models.CharField(max_length=60, verbose_name="khóa người nhận")),
                ("name", portal.vietnamese.fields.NFCCharField(max_length=160, verbose_name="người nhận")),
                ("address", models.CharField(blank=True, max_length=254, verbose_name="địa chỉ thư")),
                ("message_id", models.CharField(editable=False, max_length=200, unique=True)),
                ("lane", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Chờ gửi"),
                            ("claimed", "Đang chuẩn bị"),
                            ("sending", "Đang gửi"),
                            ("sent", "Đã gửi"),
                            ("retry", "Sẽ gửi lại"),
                            ("failed", "Không gửi được"),
                            ("uncertain", "Chưa rõ đã tới chưa"),
                            ("cancelled", "Đã hủy gửi"),
                            ("no_address", "Không có địa chỉ thư"),
                            ("held", "Đang giữ lại"),
                            ("bounced", "Thư bị trả lại"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("due", models.DateTimeField(verbose_name="gửi sau")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="số lần gửi")),
                ("worker", models.IntegerField(blank=True, editable=False, null=True)),
                ("token", models.UUIDField(blank=True, editable=False, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "started_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="bắt đầu gửi"),
                ),
                (
                    "sent_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="máy chủ thư nhận lúc"
                    ),
                ),
                (
                    "reply",
                    models.CharField(
                        blank=True, editable=False, max_length=500, verbose_name="máy chủ thư trả lời"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="lý do")),
                ("payload_hash", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "history",
                    models.JSONField(blank=True, default=list, editable=False, verbose_name="diễn biến"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="tài khoản",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="portal.notice",
                        verbose_name="thông báo",
                    ),
                ),
            ],
            options={
                "verbose_name": "lượt gửi",
                "verbose_name_plural": "lượt gửi",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PortalNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("shown_from", models.DateTimeField(verbose_name="hiện từ")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="mở lúc")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="rút lại lúc")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="portal_notices",
                        to="portal.notice",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="portal_notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người nhận",
                    ),
                ),
            ],
            options={
                "verbose_name": "thông báo trên cổng",
                "verbose_name_plural": "thông báo trên cổng",
                "ordering": ["-shown_from", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="lúc"
                    ),
                ),
                ("action", models.CharField(max_length=60, verbose_name="hành động")),
                ("about_id", models.BigIntegerField(verbose_name="số của đối tượng")),
                ("about_text", models.CharField(max_length=250, verbose_name="đối tượng")),
                ("summary", models.CharField(blank=True, max_length=300, verbose_name="nội dung")),
                ("changes", models.JSONField(blank=True, default=dict, verbose_name="thay đổi")),
                ("ip", models.GenericIPAddressField(blank=True, null=True, verbose_name="địa chỉ máy")),
                ("request_id", models.CharField(blank=True, max_length=40, verbose_name="số yêu cầu")),
                (
                    "about_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                        verbose_name="loại đối tượng",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người thực hiện",
                    ),
                ),
            ],
            options={
                "verbose_name": "dòng nhật ký",
                "verbose_name_plural": "nhật ký",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["about_type", "about_id", "-at"], name="audit_about"),
                    models.Index(fields=["actor", "-at"], name="audit_actor"),
                    models.Index(fields=["-at", "-id"], name="audit_newest"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="auditentry",
            trigger=pgtrigger.compiler.Trigger(
                name="audit_is_written_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c4e334d33215ea6c2845cf3a068c088ddbff4e7e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_audit_is_written_once_b836a",
                    table="portal_auditentry",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["about_type", "about_id"], name="notice_about"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_at__isnull", True)),
                fields=("key", "version"),
                name="notice_once_per_key_and_version",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ("queued", "retry"))),
                fields=["lane", "due", "id"],
                name="delivery_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ("claimed", "sending"))),
                fields=["worker"],
                name="delivery_in_hand",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["notice", "state"], name="delivery_counts"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ("uncertain", "held", "failed", "bounced"))),
                fields=["id"],
                name="delivery_for_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("notice", "recipient_key", "channel"), name="delivery_once_per_recipient"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("claimed", "sending")), ("worker__isnull", False)),
                    models.Q(
                        models.Q(("state__in", ("claimed", "sending")), _negated=True),
                        ("worker__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="delivery_in_hand_names_worker",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sending"), _negated=True),
                    models.Q(("started_at__isnull", False), ("token__isnull", False)),
                    _connector="OR",
                ),
                name="delivery_sending_has_token",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sent"), _negated=True),
                    models.Q(("sent_at__isnull", False), models.Q(("reply", ""), _negated=True)),
                    _connector="OR",
                ),
                name="delivery_sent_has_reply",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("uncertain", "held", "failed", "bounced", "cancelled")), _negated=True
                    ),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="delivery_stopped_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("address", ""), ("state", "no_address")),
                    models.Q(
                        models.Q(("state", "no_address"), _negated=True),
                        models.Q(("address", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="delivery_no_address_says_so",
            ),
        ),
        migrations.AddIndex(
            model_name="portalnotice",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=["recipient", "-shown_from", "-id"],
                name="portal_notice_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="portalnotice",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True), ("withdrawn_at__isnull", True)),
                fields=["recipient", "shown_from"],
                name="portal_notice_unread",
            ),
        ),
        migrations.AddConstraint(
            model_name="portalnotice",
            constraint=models.UniqueConstraint(
                fields=("notice", "recipient"), name="portal_notice_once_per_person"
            ),
        ),
        # Numbers for senders: each holds the advisory lock of its number as proof of life. They are
        # two-argument advisory locks, so the number has to fit an integer; after 2^31 it starts again.
        migrations.RunSQL(
            "CREATE SEQUENCE portal_outbox_worker AS integer CYCLE",
            "DROP SEQUENCE portal_outbox_worker",
        ),
    ]
