from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0020_usual_reminder_steps_of_tasks"),
    ]

    operations = [
        migrations.AlterField(
            model_name="defaultclass",
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
                verbose_name="tập thể",
            ),
        ),
        migrations.AlterField(
            model_name="meetingkind",
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
                verbose_name="của",
            ),
        ),
        migrations.AlterField(
            model_name="participantclass",
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
                verbose_name="tập thể",
            ),
        ),
    ]
