import datetime as dt
import io
import itertools
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from people.spreadsheets import Limits, Row, UnreadableFile, read_table


def saved(workbook: Workbook) -> bytes:
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def workbook_of(*rows: list[object], formats: dict[str, str] | None = None) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    for row in rows:
        sheet.append(row)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    return saved(workbook)


def edited(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The workbook with one part changed, as another program might have written it."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(result, "w") as target:
        assert old in source.read(name)
        for entry in source.infolist():
            part = source.read(entry)
            target.writestr(entry, part.replace(old, new) if entry.filename == name else part)
    return result.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def written_by_hand() -> bytes:
    """The least a workbook may hold, with shared strings as Excel writes them."""
    parts = {
        "[Content_Types].xml": f"""<Types xmlns="{PACKAGE}/content-types">
            <Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>
            <Override PartName="/{SHEET}" ContentType="{KIND}.worksheet+xml"/>
            <Override PartName="/{STRINGS}" ContentType="{KIND}.sharedStrings+xml"/></Types>""",
        "_rels/.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
            <Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>
            </Relationships>""",
        "xl/workbook.xml": f"""<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>
            <sheet name="Liste" sheetId="1" r:id="b"/></sheets></workbook>""",
        "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
            <Relationship Id="b" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="c" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>
            </Relationships>""",
        SHEET: f"""<worksheet xmlns="{MAIN}"><sheetData>
            <row r="1"><c r="A1" t="s"><v>0</v></c></row>
            <row r="2"><c r="A2" t="s"><v>1</v></c></row></sheetData></worksheet>""",
        STRINGS: f"""<sst xmlns="{MAIN}"><si><t>nom</t></si><si><t>Zoé</t></si></sst>""",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return content.getvalue()


@pytest.mark.parametrize(
    ("value", "number_format", "seen"),
    [
        ("  Zoé ", None, "Zoé"),
        (12, None, "12"),
        (12.0, None, "12"),
        (0.1 + 0.2, None, "0,3"),
        (-2.5, None, "-2,5"),
        (33612345678, None, "33612345678"),
        (1e20, None, "100000000000000000000"),
        (1000, "00000", "01000"),
        (612345678, "0# ## ## ## ##", "06 12 34 56 78"),
        (0.12, "0%", "12 %"),
        (True, None, "VRAI"),
        (False, None, "FAUX"),
        (dt.date(2026, 12, 31), None, "31/12/2026"),
        (dt.datetime.fromisoformat("2026-12-31 14:30"), None, "31/12/2026 14:30"),
        (dt.time(14, 30), None, "14:30"),
    ],
)
def test_a_cell_is_read_as_it_is_seen(value, number_format, seen):
    formats = {"A2": number_format} if number_format else None

    table = read_table(workbook_of(["titre"], [value], formats=formats), "liste.xlsx")

    assert table.rows == (Row(2, (seen,)),)
    assert table.problems == ()


def test_lines_are_those_of_the_sheet_and_empty_ones_are_left_out():
    content = workbook_of([], ["nom", "note"], [], ["a"], [None, None], ["b", 2])

    table = read_table(content)

    assert table.rows == (Row(4, ("a", "")), Row(6, ("b", "2")))
    assert table.problems == ()
    assert table.source == "classeur Excel, feuille « Sheet »"


def test_cells_beyond_the_headings_are_reported():
    (problem,) = read_table(workbook_of(["nom"], ["a", "b"])).problems

    assert str(problem) == "ligne 2, colonne B : Cette ligne a 2 cellules pour 1 en-tête."


def test_a_formula_gives_its_value():
    content = edited(workbook_of(["nom"], [2]), SHEET, b"<v>2</v>", b"<f>1+1</f><v>2</v>")

    table = read_table(content)

    assert (table.rows, table.problems) == ((Row(2, ("2",)),), ())


def test_a_formula_that_was_never_computed_is_reported():
    table = read_table(workbook_of(["nom", "somme"], ["a", "=1+1"]))

    assert [str(problem) for problem in table.problems] == [
        "ligne 2, colonne B : Cette formule n'a pas de résultat. Ouvrez le fichier dans un "
        "tableur et enregistrez-le à nouveau."
    ]


def test_an_error_in_a_cell_is_reported():
    (problem,) = read_table(workbook_of(["nom"], ["#REF!"])).problems

    assert str(problem) == "ligne 2, colonne A : La cellule contient l'erreur #REF!."


def test_the_first_visible_sheet_is_read():
    workbook = Workbook()
    workbook.active.append(["caché"])
    workbook.active.sheet_state = "hidden"
    sheet = workbook.create_sheet("Liste")
    sheet.append(["nom"])
    sheet.append(["a"])

    assert read_table(saved(workbook)).source == "classeur Excel, feuille « Liste »"


def test_dimensions_that_lie_hide_nothing():
    content = edited(
        workbook_of(["a", "b"], ["1", "2"]),
        SHEET,
        b'<dimension ref="A1:B2"',
        b'<dimension ref="A1"',
    )

    assert read_table(content).rows == (Row(2, ("1", "2")),)


def test_an_empty_workbook_is_refused():
    with pytest.raises(UnreadableFile, match=r"^Le fichier est vide\.$"):
        read_table(saved(Workbook()))


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (Limits(rows=2), "ligne 4 : Le fichier a plus de 2 lignes, qui est la limite."),
        (Limits(columns=1), "ligne 1 : Il y a 2 colonnes ; la limite est de 1."),
    ],
)
def test_a_workbook_too_large_is_refused(limits, sentence):
    content = workbook_of(["a", "b"], [1, 2], [3, 4], [5, 6], [7, 8])

    with pytest.raises(UnreadableFile) as refused:
        read_table(content, limits=limits)

    assert str(refused.value) == sentence


def test_a_workbook_with_shared_strings_is_read():
    table = read_table(written_by_hand())

    assert (table.headings, table.rows) == (("nom",), (Row(2, ("Zoé",)),))


def test_entities_that_would_swell_are_not_expanded():
    nested = "".join(f'<!ENTITY {b} "{f"&{a};" * 100}">' for a, b in itertools.pairwise("abcdefg"))
    laughs = f'<!DOCTYPE sst [<!ENTITY a "{"ha" * 1000}">{nested}]><sst'
    content = edited(written_by_hand(), STRINGS, b"<sst", laughs.encode())

    with pytest.raises(UnreadableFile, match=r"^Le classeur est abîmé"):
        read_table(edited(content, STRINGS, "Zoé".encode(), b"&g;"))


SAMPLE = workbook_of(["nom", "né le"], ["a", dt.date(2000, 1, 1)], ["=A2", 3])


@given(st.integers(0, len(SAMPLE) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_is_a_table_or_a_sentence(position, junk):
    damaged = SAMPLE[:position] + junk + SAMPLE[position + len(junk) :]

    try:
        table = read_table(damaged, "liste.xlsx")
    except UnreadableFile as refused:
        assert str(refused)
    else:
        assert all(len(row.cells) == len(table.headings) for row in table.rows)


@given(
    st.sampled_from(
        [b"Liste", b't="s"', b'r="A2"', b'r="2"', b"<row", b"<v>1</v>", b"<t>", b"nom"]
    ),
    st.binary(max_size=12)
    | st.sampled_from([b'r="99999999999"', b'r="ZZZ2"', b't="b"', b't="d"', b"<v>1e999</v>"]),
)
def test_a_workbook_written_by_anything_is_a_table_or_a_sentence(old, new):
    content = written_by_hand()
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        name = next(part for part in source.namelist() if old in source.read(part))

    try:
        table = read_table(edited(content, name, old, new))
    except UnreadableFile as refused:
        assert str(refused)
    else:
        assert table.headings
