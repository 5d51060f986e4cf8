"""`manage.py match`: two lists and a programme file in, pairs and a report out."""

import csv
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

ROOT = Path(__file__).resolve().parent.parent.parent
MANY = 300  # people on each side: a calculation that lasts until somebody can stop it
PROGRAMME = ROOT / "docs" / "examples" / "civil-service.toml"
HEADINGS = ["Prénom", "Nom", "Courriel", "Intitulé du poste", "Grade", "Ministère", "Métier"]
MENTORS = [
    ["Camille", "Moreau", "camille@example.org", "Cheffe", "SEO", "Mer", "Policy"],
    ["Élodie", "Lefèvre", "elodie@example.org", "Chef", "HEO", "Ville", "Security"],
]
MENTEES = [
    ["Nour", "Haddad", "nour@example.org", "Agent", "AO", "Ville", "Policy"],
    ["Zoé", "Nguyễn", "zoe@example.org", "Agente", "AA", "Mer", "Security"],
]


def as_csv(lines, *, separator=";", encoding="utf-8"):
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([HEADINGS, *lines])
    return text.getvalue().encode(encoding)


def as_workbook(lines):
    workbook = Workbook()
    for line in [HEADINGS, *lines]:
        workbook.active.append(line)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "mentors.csv").write_bytes(as_csv(MENTORS))
    (tmp_path / "mentees.csv").write_bytes(as_csv(MENTEES))
    return tmp_path


def match(folder, *options, mentors="mentors.csv", mentees="mentees.csv", programme=PROGRAMME):
    output = folder / "pairs.csv"
    arguments = [folder / mentors, folder / mentees, "--programme", programme, "-o", output]
    call_command("match", *map(str, arguments), *map(str, options))
    return output


def pairs_in(path):
    lines = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";")
    _headings, *rows = lines
    return {(row[2], row[5]) for row in rows}


def refusal(folder, *options, **files):
    before = sorted(folder.iterdir())
    with pytest.raises(CommandError) as refused:
        match(folder, *options, **files)
    assert sorted(folder.iterdir()) == before
    *sentences, last = str(refused.value).splitlines()
    assert last == "Rien n'a été écrit."
    return sentences


CAMILLE_NOUR = ("camille@example.org", "nour@example.org")
ELODIE_ZOE = ("elodie@example.org", "zoe@example.org")
CAMILLE_ZOE = ("camille@example.org", "zoe@example.org")
ELODIE_NOUR = ("elodie@example.org", "nour@example.org")


def test_two_lists_become_pairs_and_a_report(folder):
    output = match(folder, "--report", folder / "report.html")

    assert pairs_in(output) == {CAMILLE_NOUR, ELODIE_ZOE}
    report = (folder / "report.html").read_text()
    assert "Zoé Nguyễn" in report
    assert "http" not in report


def test_workbooks_and_lists_of_old_spreadsheets_are_read_as_well(folder):
    (folder / "mentors.xlsx").write_bytes(as_workbook(MENTORS))
    latin = [["Nour", "Haddad", "nour@example.org", "Adjointe à l'été", "AO", "Ville", "Policy"]]
    (folder / "latin.csv").write_bytes(as_csv(latin, encoding="cp1252"))

    output = match(folder, mentors="mentors.xlsx", mentees="latin.csv")

    assert pairs_in(output) == {CAMILLE_NOUR}


def test_the_order_of_the_lines_changes_nothing(folder):
    first = match(folder).read_bytes()
    (folder / "mentors.csv").write_bytes(as_csv(MENTORS[::-1]))
    (folder / "mentees.csv").write_bytes(as_csv(MENTEES[::-1]))

    assert match(folder).read_bytes() == first


@pytest.mark.parametrize(
    ("option", "pair", "expected"),
    [
        ("--lock", CAMILLE_ZOE, {CAMILLE_ZOE, ELODIE_NOUR}),
        ("--forbid", CAMILLE_NOUR, {CAMILLE_ZOE, ELODIE_NOUR}),
    ],
)
def test_pairs_are_kept_or_avoided_on_demand(folder, option, pair, expected):
    settled = folder / "settled.csv"
    settled.write_text("mentor;mentee\n{};{}\n".format(*pair))

    assert pairs_in(match(folder, option, settled)) == expected


def test_weights_given_replace_those_of_the_programme(folder):
    same_ministry = [[*MENTEES[0][:5], "Mer", "Policy"], [*MENTEES[1][:5], "Ville", "Security"]]
    (folder / "mentees.csv").write_bytes(as_csv(same_ministry))
    assert pairs_in(match(folder)) == {CAMILLE_NOUR, ELODIE_ZOE}

    output = match(folder, "--weights", "Même métier=10,department=90")

    assert pairs_in(output) == {CAMILLE_ZOE, ELODIE_NOUR}


def test_a_pair_kept_against_the_rules_is_pointed_out(folder):
    (folder / "mentees.csv").write_bytes(as_csv([[*MENTEES[0][:4], "SCS4", *MENTEES[0][5:]]]))
    (folder / "lock.csv").write_text("mentor;mentee\ncamille@example.org;nour@example.org\n")

    output = match(folder, "--lock", folder / "lock.csv", "--report", folder / "report.html")

    assert pairs_in(output) == {CAMILLE_NOUR}
    report = (folder / "report.html").read_text()
    assert "Le mentor doit avoir au moins un grade de plus que le mentee." in report


def test_who_is_left_alone_is_told_why(folder):
    (folder / "mentees.csv").write_bytes(as_csv([[*MENTEES[0][:4], "SCS4", *MENTEES[0][5:]]]))

    match(folder, "--report", folder / "report.html")

    report = (folder / "report.html").read_text()
    assert "Aucun mentor ayant une place ne remplit toutes les conditions." in report
    assert "2 conviendraient sans la condition « Grade »." in report


def test_what_a_list_cannot_tell_is_said_in_the_report(folder, capsys):
    escp = ROOT / "programmes" / "presets" / "escp-europe-alumni.toml"
    for name, people in (("mentors.csv", MENTORS), ("mentees.csv", MENTEES)):
        (folder / name).write_bytes(as_csv([[*one[:3], "", "", "", ""] for one in people]))

    match(folder, "--incomplete", programme=escp)

    told = capsys.readouterr().err
    assert "mentees.csv : aucune colonne ne dit l'adhésion que le programme demande." in told
    assert "Les frais de participation ne sont pas vérifiés." in told


def test_every_wrong_line_is_named_and_nothing_is_written(folder):
    nour, zoe = MENTEES
    wrong = [[*nour[:2], "nour", *nour[3:]], nour, [*zoe[:4], "ZZ", *zoe[5:]]]
    (folder / "mentees.csv").write_bytes(as_csv(wrong))

    assert [one.split(" : ")[0] for one in refusal(folder)] == [
        "mentees.csv, ligne 2, colonne C",
        "mentees.csv, ligne 4, colonne E",
    ]
    assert pairs_in(match(folder, "--only-valid")) == {CAMILLE_NOUR}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            "mentor;mentee\nsacha@example.org;nour@example.org\n",
            "settled.csv, ligne 2, colonne A : « sacha@example.org » n'est pas dans la liste.",
        ),
        (
            "mentor;mentee\ncamille@example.org;\n",
            "settled.csv, ligne 2, colonne B : Il manque une adresse e-mail.",
        ),
        (
            "un;deux\na;b\n",
            "settled.csv : Il faut deux colonnes d'adresses e-mail, l'une intitulée « mentor », l'autre « mentee ».",
        ),
        (
            "mentor;mentee\ncamille@example.org;nour@example.org\nelodie@example.org;nour@example.org\n",
            "Nour Haddad est à garder avec plusieurs personnes.",
        ),
        (
            "mentor;mentee\ncamille@example.org;nour@example.org\ncamille@example.org;zoe@example.org\n",
            "Camille Moreau est à garder avec 2 personne(s) et a 1 place(s).",
        ),
    ],
)
def test_pairs_to_keep_that_cannot_be_are_refused(folder, content, sentence):
    (folder / "settled.csv").write_text(content)

    assert refusal(folder, "--lock", folder / "settled.csv") == [sentence]


def test_a_pair_to_keep_and_to_leave_is_told_with_both_its_lines(folder):
    both = "mentor;mentee\ncamille@example.org;nour@example.org\n"
    (folder / "keep.csv").write_text(both)
    (folder / "leave.csv").write_text(both)

    assert refusal(folder, "--lock", folder / "keep.csv", "--forbid", folder / "leave.csv") == [
        "Nour Haddad et Camille Moreau sont à la fois à garder (keep.csv, ligne 2) et à ne pas "
        "proposer (leave.csv, ligne 2)."
    ]


def test_a_result_that_the_system_refuses_is_told_in_french(folder):
    name = "é" * 200 + ".html"

    assert refusal(folder, "--report", folder / name) == [
        f"{folder / name} : impossible d'écrire (ce nom est trop long)."
    ]


@pytest.mark.parametrize(
    ("weight", "sentence"),
    [
        (
            "hobby=3",
            "Poids « hobby=3 » : ce critère n'existe pas. Critères : grade, profession, department.",
        ),
        (
            "profession=beaucoup",
            "Poids « profession=beaucoup » : il faut un nombre entier de 0 à 1000.",
        ),
        ("profession=-1", "Poids « profession=-1 » : il faut un nombre entier de 0 à 1000."),
    ],
)
def test_a_weight_that_means_nothing_is_refused(folder, weight, sentence):
    assert refusal(folder, "--weights", weight) == [sentence]


def test_files_that_are_not_there_are_named(folder):
    assert refusal(folder, mentees="gone.csv") == [f"{folder}/gone.csv : ce fichier n'existe pas."]
    assert refusal(folder, programme=folder / "gone.toml") == [
        f"{folder}/gone.toml : ce fichier n'existe pas."
    ]
    assert refusal(folder, "--report", folder / "gone" / "report.html") == [
        f"{folder}/gone/report.html : ce dossier n'existe pas."
    ]


def test_no_list_is_written_over_and_no_result_over_another(folder):
    before = (folder / "mentors.csv").read_bytes()

    [over] = refusal(folder, "--report", folder / "mentors.csv")
    [twice] = refusal(folder, "--report", folder / "pairs.csv")

    assert over.endswith(
        "mentors.csv est aussi un fichier à lire\xa0: donnez un autre nom au résultat."
    )
    assert twice.endswith("pairs.csv ne peut recevoir deux résultats.")
    assert (folder / "mentors.csv").read_bytes() == before


def test_a_missing_column_is_told_of_the_file(folder):
    headings = [one for one in HEADINGS if one != "Grade"]
    lines = [[*one[:4], *one[5:]] for one in MENTORS]
    text = "\n".join(";".join(line) for line in [headings, *lines])
    (folder / "short.csv").write_text(text, encoding="utf-8")

    said = refusal(folder, mentors="short.csv")

    assert said[0] == "short.csv, toutes les lignes : Il manque la réponse à « Grade »."


def test_what_is_to_be_said_of_many_lines_is_said_once(folder):
    many = [["Ada", f"n{n}", f"ada{n}@example.org", "", "Boss", "Mer", "Policy"] for n in range(40)]
    (folder / "many.csv").write_bytes(as_csv(many))

    said = refusal(folder, mentors="many.csv")

    assert len(said) == 2
    assert said[0].startswith(
        "many.csv, ligne 2, colonne E et 39 autres lignes\xa0: «\xa0Boss\xa0» n'est pas dans la liste"
    )


def test_where_one_result_cannot_be_written_the_other_stays_as_it_was(folder):
    (folder / "pairs.csv").write_text("former")

    sentences = refusal(folder, "--report", folder / f"{'long' * 80}.html")

    assert len(sentences) == 1
    assert (folder / "pairs.csv").read_text() == "former"


def listen_to_ctrl_c():
    """A run started in the background is told to pay no heed to it, and its children would not either."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize(("asks", "code"), [(True, 130), (False, 0)])
def test_ctrl_c_leaves_nothing_half_written(folder, asks, code):
    """Run for real, without a database nor a setting; left alone, it does write."""
    for name, (one, _) in {"mentors": MENTORS, "mentees": MENTEES}.items():
        many = [[*one[:2], f"{name}{n}@example.org", *one[3:]] for n in range(MANY)]
        (folder / f"{name}.csv").write_bytes(as_csv(many))
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(folder / "data")}
    command = [sys.executable, ROOT / "manage.py", "match", "mentors.csv", "mentees.csv"]
    command += ["--programme", PROGRAMME, "-o", "pairs.csv", "--report", "report.html"]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=listen_to_ctrl_c,
    ) as process:
        process.stderr.readline()
        process.stderr.readline()  # the lists are read, the calculation begins
        if asks:
            process.send_signal(signal.SIGINT)
        last = process.stderr.read()

    assert process.returncode == code
    assert ("Interrompu : rien n'a été écrit." in last) is asks
    written = {path.name for path in folder.iterdir()} - {"mentors.csv", "mentees.csv", "data"}
    assert written == (set() if asks else {"pairs.csv", "report.html"})
