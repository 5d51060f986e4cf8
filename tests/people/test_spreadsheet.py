import codecs
import io
import itertools
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.spreadsheets import (
    Limits,
    Problem,
    Row,
    UnreadableFile,
    column_letters,
    read_table,
)


def refusal(content: bytes, filename: str = "", **limits: int) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_table(content, filename, limits=Limits(**limits))
    return str(refused.value)


def told(table):
    return [str(problem) for problem in table.problems]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_text_is_read_whatever_its_encoding_separator_and_line_ends(encoding, separator, end):
    lines = ["Prénom,Âge", "Zoé,31", '"Anaïs, dite Na",42', ""]
    text = end.join(line.replace(",", separator) for line in lines)

    table = read_table(text.encode(encoding), "liste.csv")

    assert table.headings == ("Prénom", "Âge")
    assert table.rows == (
        Row(2, ("Zoé", "31")),
        Row(3, (f"Anaïs{separator} dite Na", "42")),
    )
    assert table.problems == ()


def test_the_table_says_how_it_was_understood():
    assert read_table("é;b\n1;2".encode("cp1252")).source == (
        "texte Windows-1252, séparateur « ; »"
    )


def test_lines_are_counted_as_in_the_file_with_empty_ones_and_quoted_ends():
    content = b'\n\nnom;note\n"a";"une\nnote"\n;\n\nb;2\n'

    assert read_table(content).rows == (Row(4, ("a", "une\nnote")), Row(8, ("b", "2")))


def test_the_separator_excel_announces_is_obeyed():
    assert read_table(b"sep=;\r\na;b,c\r\n1,2,3;4\r\n").rows == (Row(3, ("1,2,3", "4")),)


def test_commas_inside_texts_do_not_hide_the_real_separator():
    content = b"nom;note\na;un, deux, trois\nb;quatre\nc;cinq, six\n"

    assert read_table(content).headings == ("nom", "note")


def test_one_column_is_a_table_too():
    assert read_table(b"email\na@example.org\n").rows == (Row(2, ("a@example.org",)),)


def test_ragged_rows_are_reported_and_kept():
    table = read_table(b"a,b,c\n1,2\n1,2,3,4\n1,2,3,\n")

    assert told(table) == [
        "ligne 2 : Cette ligne n'a que 2 cellules pour 3 en-têtes.",
        "ligne 3, colonne D : Cette ligne a 4 cellules pour 3 en-têtes.",
    ]
    assert [row.cells for row in table.rows] == [("1", "2", ""), ("1", "2", "3"), ("1", "2", "3")]


def test_headings_that_are_empty_or_taken_are_reported_and_named_apart():
    table = read_table(b"Nom,,nom, nom (2) ,x\n1,2,3,4,5\n")

    assert table.headings == ("Nom", "colonne B", "nom (2)", "nom (2) (2)", "x")
    assert table.problems == (
        Problem(1, 2, "Cette colonne n'a pas d'en-tête."),
        Problem(1, 3, "L'en-tête « nom » est déjà pris."),
    )


def test_headings_alone_are_reported():
    assert told(read_table(b"a,b\n")) == ["ligne 1 : Il n'y a aucune ligne sous les en-têtes."]


def test_characters_that_no_person_types_are_left_out():
    assert read_table(b"a,b\n1\x00\x07,\xef\xbb\xbf2\n" + b"3,4\n" * 60).rows[0].cells == ("1", "2")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Le fichier est vide."),
        (b" \r\n\n", "Le fichier est vide."),
        (b";;\n;;\n", "Le fichier est vide."),
        (codecs.BOM_UTF16_LE, "Le fichier est vide."),
        (
            b'a,b\n1,2\n3,"4\n5,6\n',
            "ligne 3 : Un guillemet est mal placé ou n'est pas fermé dans cette ligne.",
        ),
        (
            b'a,b\n"1" x,2\n',
            "ligne 2 : Un guillemet est mal placé ou n'est pas fermé dans cette ligne.",
        ),
        (
            b'a,b\n1,"' + b"x" * 140_000,
            "ligne 2 : Une cellule est trop longue, ou un guillemet n'est pas fermé.",
        ),
        (
            "a,b\né,2\n".encode() + "è,3\n".encode("cp1252"),
            "ligne 2 : Le fichier mêle deux encodages. Enregistrez-le au format « CSV UTF-8 ».",
        ),
        (
            b"a,b\n1,\x81\n",
            "ligne 2 : Le contenu n'est pas un texte lisible. "
            "Enregistrez la liste au format XLSX ou « CSV UTF-8 ».",
        ),
        (
            bytes(range(256)) * 4,
            "ligne 2 : Le contenu n'est pas un texte lisible. "
            "Enregistrez la liste au format XLSX ou « CSV UTF-8 ».",
        ),
    ],
    ids=itertools.count(),
)
def test_a_text_that_cannot_be_read_is_refused_with_its_line(content, sentence):
    assert refusal(content).removeprefix("ligne 1 : ") == sentence


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        ({"bytes": 10}, "Le fichier fait 0 Mo ; la limite est de 0 Mo."),
        ({"rows": 2}, "ligne 4 : Le fichier a plus de 2 lignes, qui est la limite."),
        ({"columns": 1}, "ligne 1 : Il y a 2 colonnes ; la limite est de 1."),
    ],
)
def test_what_is_too_large_is_refused(limit, sentence):
    assert refusal(b"a,b\n1,2\n3,4\n5,6\n", **limit) == sentence


def archive(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in files.items():
            zipped.writestr(name, text)
    return content.getvalue()


ADVICE = " Enregistrez la liste au format XLSX ou CSV."
WORKBOOK = {"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 ...", "C'est un PDF, pas un tableau." + ADVICE),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "C'est un fichier Excel ancien (.xls) ou protégé par un mot de passe." + ADVICE,
        ),
        (
            archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
            "C'est un fichier OpenDocument (.ods)." + ADVICE,
        ),
        (
            archive(mimetype=b"application/vnd.oasis.opendocument.text"),
            "C'est un document, pas un tableau." + ADVICE,
        ),
        (archive(**{"word/document.xml": b""}), "C'est un document, pas un tableau." + ADVICE),
        (
            archive(**{**WORKBOOK, "xl/workbook.bin": b""}),
            "C'est un classeur binaire (.xlsb)." + ADVICE,
        ),
        (archive(liste=b"a,b"), "C'est une archive, pas un tableau." + ADVICE),
        (archive(liste=b"a,b")[:40], "Le fichier est abîmé ou incomplet." + ADVICE),
        (
            archive(**WORKBOOK),
            "Le classeur est abîmé. Ouvrez-le dans un tableur et enregistrez-le à nouveau.",
        ),
        (
            archive(**WORKBOOK, **{"xl/worksheets/sheet1.xml": b" " * 90_000_000}),
            "Une fois ouvert, le classeur ferait 90 Mo ; la limite est de 80 Mo.",
        ),
        (b"<!DOCTYPE html><table>", "C'est une page web, pas un tableau." + ADVICE),
        (b"\x89PNG\r\n", "C'est une image, pas un tableau." + ADVICE),
    ],
    ids=itertools.count(),
)
def test_another_kind_of_file_is_named_and_refused(content, sentence):
    assert refusal(content, "liste.csv") == sentence


def test_a_name_that_announces_a_workbook_must_be_one():
    assert refusal(b"a;b\n1;2\n", "liste.XLSX") == (
        "Le nom annonce un classeur Excel, mais le contenu n'en est pas un." + ADVICE
    )


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_the_bytes_there_is_a_table_or_a_sentence(content):
    try:
        table = read_table(content, "liste.csv")
    except UnreadableFile as refused:
        assert str(refused)
    else:
        assert all(len(row.cells) == len(table.headings) for row in table.rows)
        assert len(set(table.headings)) == len(table.headings)


def test_columns_have_the_letters_of_spreadsheets():
    assert [column_letters(n) for n in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
