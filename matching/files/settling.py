"""What is settled beforehand: pairs to keep, pairs not to make, and what each criterion weighs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from matching.files.lists import Lists, open_table
from matching.files.refusing import Unusable, told_of, told_of_lines
from people.spreadsheets import Problem, guess_mapping, parse_email, read_cell
from people.spreadsheets.columns import normalise
from programmes.policy.entering import judge_standing_in_cohort
from programmes.policy.matching import capacity_of
from programmes.policy.rules import Rules
from programmes.vocabulary import Vocabulary

Pairs = dict[tuple[int, int], str]  # (mentee's key, mentor's key): the file and line

MOST_WEIGHT = 1000


def read_pairs(path: Path, lists: Lists, vocabulary: Vocabulary) -> Pairs:
    """The pairs of a file with a column of mentors' addresses and one of mentees'; raise Unusable."""
    table = open_table(path)
    mapping = guess_mapping(
        table.headings,
        {
            "mentor": _names(vocabulary.mentor.singular, "mentor", "mentore"),
            "mentee": _names(vocabulary.mentee.singular, "mentoré", "mentorée", "mentee"),
        },
    )
    if set(mapping) != {"mentor", "mentee"}:
        sentence = _(
            "Il faut deux colonnes d'adresses e-mail, l'une intitulée « %(mentor)s », l'autre "
            "« %(mentee)s »."
        ) % {"mentor": vocabulary.mentor.singular, "mentee": vocabulary.mentee.singular}
        raise Unusable([told_of(path, sentence)])
    keys = {
        "mentor": {one.email: one.candidate.key for one in lists.mentors},
        "mentee": {one.email: one.candidate.key for one in lists.mentees},
    }
    pairs: Pairs = {}
    problems: list[Problem] = list(table.problems)
    for row in table.rows:
        found = {}
        for side, column in mapping.items():
            before = len(problems)
            email = read_cell(row, column, parse_email, problems)
            if email in keys[side]:
                found[side] = keys[side][email]
            elif len(problems) == before:
                sentence = _("« %(email)s » n'est pas dans la liste.") % {"email": email}
                if email is None:
                    sentence = _("Il manque une adresse e-mail.")
                problems.append(Problem(row.line, column + 1, sentence))
        if len(found) == len(mapping):
            place = f"{path.name}, {Problem(row.line, 0, '').place}"
            pairs.setdefault((found["mentee"], found["mentor"]), place)
    if problems:
        raise Unusable(told_of_lines(path, problems))
    return pairs


def refuse_contradictions(lists: Lists, locked: Pairs, forbidden: Pairs) -> None:
    """Raise Unusable where pairs to keep cannot be kept."""
    mentees = {one.candidate.key: one for one in lists.mentees}
    mentors = {one.candidate.key: one for one in lists.mentors}
    found = [
        _(
            "%(mentee)s et %(mentor)s sont à la fois à garder (%(kept)s) et à ne pas proposer "
            "(%(apart)s)."
        )
        % {
            "mentee": mentees[pair[0]].name,
            "mentor": mentors[pair[1]].name,
            "kept": locked[pair],
            "apart": forbidden[pair],
        }
        for pair in sorted(locked.keys() & forbidden.keys())
    ]
    for key, count in sorted(Counter(mentee for mentee, _mentor in locked).items()):
        if count > 1:
            found.append(
                _("%(name)s est à garder avec plusieurs personnes.") % {"name": mentees[key].name}
            )
    for key, count in sorted(Counter(mentor for _mentee, mentor in locked).items()):
        mentor = mentors[key].candidate
        places = capacity_of(lists.rules, mentor)
        if not judge_standing_in_cohort(lists.rules, mentor).is_clear:
            places = 0
        if places is not None and count > places:
            found.append(
                _("%(name)s est à garder avec %(count)s personne(s) et a %(places)s place(s).")
                % {"name": mentors[key].name, "count": count, "places": places}
            )
    if found:
        raise Unusable(found)


def read_weights(texts: Iterable[str], rules: Rules) -> Mapping[str, int]:
    """« code=number » or « label=number », several apart by commas; raise Unusable."""
    names = {normalise(rule.label): rule.code for rule in rules.criteria}
    names |= {normalise(rule.code): rule.code for rule in rules.criteria}
    weights: dict[str, int] = {}
    wrong = []
    for one in (part.strip() for text in texts for part in text.split(",")):
        name, _equals, number = one.rpartition("=")
        code = names.get(normalise(name))
        if code is None:
            wrong.append(
                _("Poids « %(given)s » : ce critère n'existe pas. Critères : %(known)s.")
                % {
                    "given": one,
                    "known": ", ".join(rule.code for rule in rules.criteria) or _("aucun"),
                }
            )
        elif not number.strip().isdecimal() or int(number) > MOST_WEIGHT:
            wrong.append(
                _("Poids « %(given)s » : il faut un nombre entier de 0 à %(most)s.")
                % {"given": one, "most": MOST_WEIGHT}
            )
        else:
            weights[code] = int(number)
    if wrong:
        raise Unusable(wrong)
    return weights


def _names(*words: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            name for word in words for name in (word, f"e-mail {word}", f"adresse {word}")
        )
    )
