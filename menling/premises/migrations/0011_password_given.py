from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("premises", "0010_swap")]

    operations = [
        migrations.AddField(
            model_name="staff",
            name="password_given",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
