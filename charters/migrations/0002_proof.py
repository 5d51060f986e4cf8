import charters.models.conventions
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def give_codes(apps, schema_editor):
    conventions = apps.get_model('charters', 'Convention').objects
    for pk in conventions.values_list('pk', flat=True):
        conventions.filter(pk=pk).update(code=charters.models.conventions.new_code())


class Migration(migrations.Migration):

    dependencies = [
        ('charters', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='convention',
            name='code',
            field=models.CharField(editable=False, max_length=20, null=True, verbose_name='code'),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='convention',
            name='code',
            field=models.CharField(default=charters.models.conventions.new_code, editable=False, max_length=20, unique=True, verbose_name='code'),
        ),
        migrations.AddField(
            model_name='convention',
            name='file_sha256',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte du document complet'),
        ),
        migrations.AddField(
            model_name='convention',
            name='text_file',
            field=models.FileField(blank=True, editable=False, upload_to='conventions/', verbose_name='texte à signer'),
        ),
        migrations.AddField(
            model_name='convention',
            name='text_sha256',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte du texte à signer'),
        ),
        migrations.AlterField(
            model_name='acceptance',
            name='identified_by',
            field=models.CharField(choices=[('password', 'session ouverte par mot de passe'), ('code', 'session ouverte par un code reçu par courriel'), ('provider', "session ouverte par le compte de l'association"), ('session', 'session ouverte'), ('link', 'lien personnel reçu par courriel'), ('paper', 'signature manuscrite sur papier')], default='session', max_length=10, verbose_name='identification'),
        ),
        migrations.AlterField(
            model_name='convention',
            name='file',
            field=models.FileField(blank=True, editable=False, upload_to='conventions/', verbose_name='document complet'),
        ),
        migrations.AlterField(
            model_name='signature',
            name='identified_by',
            field=models.CharField(choices=[('password', 'session ouverte par mot de passe'), ('code', 'session ouverte par un code reçu par courriel'), ('provider', "session ouverte par le compte de l'association"), ('session', 'session ouverte'), ('link', 'lien personnel reçu par courriel'), ('paper', 'signature manuscrite sur papier')], default='session', max_length=10, verbose_name='identification'),
        ),
        migrations.CreateModel(
            name='ProofHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('length', models.PositiveIntegerField(verbose_name='longueur')),
                ('last', models.CharField(max_length=64, verbose_name='dernier maillon')),
                ('mark', models.CharField(max_length=64, verbose_name='marque')),
                ('convention', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='proof_head', to='charters.convention')),
            ],
            options={
                'verbose_name': 'fin de la chaîne de preuve',
                'verbose_name_plural': 'fins des chaînes de preuve',
            },
        ),
        migrations.CreateModel(
            name='ProofEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='rang')),
                ('kind', models.CharField(choices=[('opened', 'convention ouverte'), ('rendered', 'document établi'), ('shown', 'document affiché'), ('downloaded', 'document téléchargé'), ('code_sent', 'code envoyé par courriel'), ('code_validated', 'code reçu et saisi'), ('statement', 'déclaration cochée'), ('signed', 'signature'), ('refused', 'refus de signer'), ('withdrawn', 'convention retirée'), ('scanned', 'exemplaire papier déposé'), ('sealed', 'document complet scellé')], max_length=20, verbose_name='événement')),
                ('at', models.DateTimeField(verbose_name='heure de la machine')),
                ('party', models.CharField(blank=True, choices=[('mentor', 'mentor'), ('mentee', 'mentoré'), ('organisation', 'association'), ('guardian', 'représentant légal')], max_length=15, verbose_name='partie')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='nom')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse e-mail')),
                ('identified_by', models.CharField(blank=True, choices=[('password', 'session ouverte par mot de passe'), ('code', 'session ouverte par un code reçu par courriel'), ('provider', "session ouverte par le compte de l'association"), ('session', 'session ouverte'), ('link', 'lien personnel reçu par courriel'), ('paper', 'signature manuscrite sur papier')], max_length=10, verbose_name='identification')),
                ('document', models.CharField(blank=True, max_length=64, verbose_name='empreinte du document')),
                ('address', models.CharField(blank=True, max_length=45, verbose_name='adresse IP')),
                ('agent', models.CharField(blank=True, max_length=300, verbose_name='navigateur')),
                ('facts', models.JSONField(blank=True, default=dict, verbose_name='faits')),
                ('previous', models.CharField(max_length=64, verbose_name='maillon précédent')),
                ('mac', models.CharField(max_length=64, verbose_name='maillon')),
                ('convention', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proof', to='charters.convention')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'événement de preuve',
                'verbose_name_plural': 'événements de preuve',
                'ordering': ['convention', 'number'],
                'constraints': [models.UniqueConstraint(fields=('convention', 'number'), name='proof_number_once')],
            },
        ),
        migrations.CreateModel(
            name='SigningCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=64, verbose_name='marque')),
                ('created_at', models.DateTimeField(verbose_name='envoyé le')),
                ('expires_at', models.DateTimeField(verbose_name="valable jusqu'à")),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='utilisé le')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='essais manqués')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='charters.conventionparty')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'code de signature',
                'verbose_name_plural': 'codes de signature',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['party', 'person'], name='code_of_party_and_person')],
            },
        ),
    ]
