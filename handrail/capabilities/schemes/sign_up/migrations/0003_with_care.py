from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sign_up", "0002_wishes")]

    operations = [
        migrations.AddField(
            model_name="signup",
            name="with_care",
            field=models.BooleanField(default=False),
        ),
    ]
