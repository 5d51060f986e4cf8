from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("charters", "0006_scan")]

    operations = [
        migrations.AddField(
            model_name="proofevent",
            name="key_id",
            field=models.CharField(blank=True, default="", max_length=16, verbose_name="clé"),
            preserve_default=False,
        ),
    ]
