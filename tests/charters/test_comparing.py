"""What changed from one charter to another, word by word."""

from __future__ import annotations

from charters.comparing import compare, words_changed
from charters.text import read_charter
from programmes.services.catalogue import parse_programme, preset_files
from tests.charters.test_texts import CHARTER, charter


def told(pieces):
    marks = {"same": "%s", "added": "[+%s]", "removed": "[-%s]"}
    return "".join(marks[piece.kind] % piece.text for piece in pieces)


def compared(old, new, **how):
    return [
        (part.voice, part.status, change.what, change.status, told(change.pieces))
        for part in compare(read_charter(old), read_charter(new), **how)
        for change in part.changes
    ]


def commitments(*texts):
    return [
        {
            "voice": "mentor",
            "commitments": [{"code": code, "text": text} for code, text in texts],
        }
    ]


def test_words_that_stayed_went_and_came_are_told_apart():
    pieces = words_changed("Je préviens 24 heures avant.", "Je préviens au moins 48 heures avant.")

    assert told(pieces) == "Je préviens [-24][+au moins 48] heures avant."


def test_a_run_of_words_that_changed_is_told_as_one():
    pieces = words_changed("Il vient 24 heures avant.", "Il vient deux jours avant.")

    assert told(pieces) == "Il vient [-24 heures][+deux jours] avant."


def test_joined_again_the_pieces_are_both_texts():
    for path in preset_files():
        charter_text = read_charter(parse_programme(path.read_text()).others["charter"])
        texts = [one.text for section in charter_text.sections for one in section.commitments]
        for old, new in zip(texts, reversed(texts), strict=True):
            pieces = words_changed(old, new)
            assert "".join(p.text for p in pieces if p.kind != "added") == old
            assert "".join(p.text for p in pieces if p.kind != "removed") == new


def test_the_same_charter_has_no_differences():
    assert compared(CHARTER, CHARTER) == []


def test_a_commitment_is_recognised_by_its_code_wherever_it_stands():
    old = charter(sections=commitments(("a", "Un."), ("b", "Deux.")))
    new = charter(sections=commitments(("b", "Deux."), ("a", "Un.")))

    [part] = compare(read_charter(old), read_charter(new))

    assert (part.changes, part.is_reordered, part.unchanged) == ((), True, 2)


def test_what_was_added_removed_and_changed_is_told_with_its_part():
    old = charter(sections=commitments(("a", "Un."), ("b", "Deux.")))
    new = charter(
        preamble="Bonjour.",
        sections=[*commitments(("a", "Un seul.")), {"voice": "pair", "intro": "À deux."}],
    )

    assert compared(old, new) == [
        ("", "changed", "preamble", "added", "[+Bonjour.]"),
        ("mentor", "changed", "commitment", "changed", "Un[+ seul]."),
        ("mentor", "changed", "commitment", "removed", "[-Deux.]"),
        ("pair", "added", "intro", "added", "[+À deux.]"),
    ]
    assert compared(new, old)[-1] == ("pair", "removed", "intro", "removed", "[-À deux.]")


def test_the_rule_that_watches_is_for_the_team_alone():
    old = charter(sections=commitments(("a", "Un.")))
    new = charter(
        sections=[
            {"voice": "mentor", "commitments": [{"code": "a", "text": "Un.", "watch": "end"}]}
        ]
    )

    assert compared(old, new) == [("mentor", "changed", "watch", "added", "[+end]")]
    assert compared(old, new, for_team=False) == []


def test_texts_are_compared_as_they_are_said():
    old = charter(sections=commitments(("a", "{Le mentor} vient.")))
    new = charter(sections=commitments(("a", "{Le mentoré} vient.")))

    assert compared(old, new, said=str.upper) == [
        ("mentor", "changed", "commitment", "changed", "{LE [-MENTOR][+MENTORÉ]} VIENT."),
    ]
