from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0010_case_by_report")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="asked",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
