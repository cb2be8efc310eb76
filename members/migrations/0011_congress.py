from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0010_usual_sizes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="body",
            name="body_type",
            field=models.CharField(
                choices=[
                    ("executive_committee", "Ban Chấp hành"),
                    ("standing_committee", "Ban Thường vụ"),
                    ("permanent", "Thường trực"),
                    ("inspection_commission", "Ủy ban Kiểm tra"),
                    ("advisory", "Ban tham mưu"),
                    ("office", "Văn phòng"),
                    ("mass_organization", "Đoàn thể"),
                    ("congress", "Đại hội"),
                ],
                max_length=24,
                verbose_name="loại",
            ),
        ),
        migrations.AlterField(
            model_name="position",
            name="body_type",
            field=models.CharField(
                blank=True,
                choices=[
                    ("executive_committee", "Ban Chấp hành"),
                    ("standing_committee", "Ban Thường vụ"),
                    ("permanent", "Thường trực"),
                    ("inspection_commission", "Ủy ban Kiểm tra"),
                    ("advisory", "Ban tham mưu"),
                    ("office", "Văn phòng"),
                    ("mass_organization", "Đoàn thể"),
                    ("congress", "Đại hội"),
                ],
                max_length=24,
                verbose_name="thuộc",
            ),
        ),
    ]
