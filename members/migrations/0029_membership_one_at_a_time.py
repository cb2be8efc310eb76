import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models
from django.db.models import F, Q

MOST_NAMED = 20


def refuse_clashes(apps, schema_editor):
    """Which rows clash is said by their keys: a log is no place for names."""
    rows = apps.get_model("members", "Membership").objects.all()
    first = rows.filter(pk__lt=F("member__memberships__pk")).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=F("member__memberships__valid_from")),
        Q(member__memberships__valid_to__isnull=True) | Q(member__memberships__valid_to__gte=F("valid_from")),
    )
    pairs = list(first.order_by("member", "pk").values_list("member", "pk", "member__memberships__pk"))
    if pairs:
        named = "; ".join(
            f"đồng chí {member}: dòng {one} và {other}" for member, one, other in pairs[:MOST_NAMED]
        )
        raise ValueError(
            f"Chưa nâng cấp: {len(pairs)} cặp dòng của bảng members_membership trùng ngày ({named}). "
            "Cho dòng trước kết thúc (valid_to) vào hôm trước ngày dòng sau bắt đầu, rồi chạy lại migrate."
        )


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0028_departure_decided_by"),
    ]

    operations = [
        migrations.RunPython(refuse_clashes, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="membership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("member", "="),
                    (
                        models.Func(
                            "valid_from",
                            "valid_to",
                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                inclusive_lower=True, inclusive_upper=True
                            ),
                            function="DATERANGE",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="membership_one_at_a_time",
                violation_error_message="Trong những ngày này đồng chí đã sinh hoạt ở một tổ chức khác.",
            ),
        ),
    ]
