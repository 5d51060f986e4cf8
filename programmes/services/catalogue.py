"""Programmes and their rule sets, loaded from and written to files; cohorts opened."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import tomli_w
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify
from pydantic import Field

from people.models import Organisation, Person
from programmes import preset_sections
from programmes.models import Cohort, Programme, RuleSet
from programmes.phrases import check_text
from programmes.policy.coherence import Problem
from programmes.policy.document import UnreadableRules, read, read_rules, write
from programmes.policy.rules import Rules
from programmes.policy.terms import Term, Text
from programmes.policy.values import problems_of_values
from programmes.services.journal import lock, record
from programmes.toml_lines import Lines
from programmes.vocabulary import Vocabulary, VocabularyError

LARGEST_FILE = 1_000_000  # bytes; the longest charter known is a fiftieth of it


class Heading(Term):
    """How a programme presents itself: the keys of the file's `[programme]`."""

    name: Text = Field(max_length=200)
    slug: Text = Field(max_length=60)
    summary: str = ""
    contact_email: str = Field(default="", max_length=254)


class ProgrammeFile(Term):
    """A programme file, read and valid; `others` holds the parts that other apps keep."""

    heading: Heading
    rules: Rules
    words: dict[str, Any]
    others: dict[str, Any]

    @property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary.from_document(self.words)


def parse_programme(text: str) -> ProgrammeFile:
    """Read a programme file; raise UnreadableRules with every problem, keys as in the file."""
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableRules([Problem("fichier", _why_no_toml(error, text))]) from None
    try:
        return read_programme(document)
    except UnreadableRules as error:
        lines = Lines(text)
        placed = [replace(one, line=lines.of(one.key)) for one in error.problems]
        raise UnreadableRules(sorted(placed, key=lambda one: one.line or 0)) from None


def _why_no_toml(error: ValueError | RecursionError, text: str) -> str:
    """The reader of TOML speaks English; the place it names is what helps."""
    place = re.search(r"at line (\d+), column (\d+)", str(error))
    if "at end of document" in str(error):
        last = len(text.rstrip().splitlines())
        return f"ligne {last}, la dernière : le fichier s'arrête avant la fin (est-il coupé, manque-t-il un guillemet ou un crochet ?)"
    if place is None:
        return "ce n'est pas du TOML lisible"
    line, column = place.groups()
    if "overwrite" in str(error) or "twice" in str(error):
        return f"ligne {line} : cette clé ou cette section est donnée deux fois"
    return f"ligne {line}, vers le signe {column} : ce n'est pas du TOML lisible (guillemet, crochet ou signe = oublié ?)"


def read_programme(document: Mapping[str, Any]) -> ProgrammeFile:
    """Read a programme from plain tables; raise UnreadableRules with everything that is wrong."""
    parts = preset_sections.take_apart(document)
    own = dict(parts.own)
    problems: list[Problem] = list(problems_of_values(document))
    heading, words = own.pop("programme", {}), own.pop("vocabulary", {})
    read_heading = rules = None
    try:
        read_heading = read(Heading, heading, under="programme")
        if read_heading.slug != slugify(read_heading.slug):
            problems.append(
                Problem(
                    "programme.slug",
                    f"« {read_heading.slug} » : lettres sans accent, chiffres et tirets seulement",
                )
            )
        problems += _contact(read_heading)
    except UnreadableRules as error:
        problems += error.problems
    try:
        Vocabulary.from_document(words)
    except VocabularyError as error:
        problems += [Problem(problem.key, problem.reason) for problem in error.problems]
    try:
        rules = read_rules(own)
    except UnreadableRules as error:
        problems += error.problems
        rest = error.rest
    else:
        rest = rules
    problems += problems_of_words(rest) if rest else ()
    for key, part in parts.others.items():
        problems += preset_sections.registered()[key].check(part, rules)
    if problems or read_heading is None or rules is None:
        raise UnreadableRules(problems)
    return ProgrammeFile(heading=read_heading, rules=rules, words=words, others=dict(parts.others))


def _contact(heading: Heading) -> Iterator[Problem]:
    try:
        if heading.contact_email:
            validate_email(heading.contact_email)
    except ValidationError:
        yield Problem(
            "programme.contact_email", f"« {heading.contact_email} » n'est pas une adresse e-mail"
        )


@transaction.atomic
def load_programme(
    file: ProgrammeFile, *, organisation: Organisation, by: Person | None, at: datetime
) -> Programme:
    """Make the programme, or give it a new version of its rules where they changed."""
    heading = file.heading
    programme, _ = Programme.objects.update_or_create(
        organisation=organisation,
        slug=heading.slug,
        defaults={
            "name": heading.name,
            "summary": heading.summary,
            "contact_email": heading.contact_email,
        },
    )
    publish_rules(programme, rules=file.rules, words=file.words, by=by, at=at)
    for key, section in preset_sections.registered().items():
        section.store(programme, file.others.get(key), at)
    return programme


def remarks_on(file: ProgrammeFile, programme: Programme) -> list[str]:
    """What the programme kept rather than take from the file just loaded, in sentences."""
    sections = preset_sections.registered()
    remarks = [sections[key].remark(programme, part) for key, part in file.others.items()]
    return [remark for remark in remarks if remark]


@transaction.atomic
def publish_rules(
    programme: Programme, *, rules: Rules, words: Mapping[str, Any], by: Person | None, at: datetime
) -> RuleSet:
    """Keep these rules as the programme's newest version; the same rules make no new version."""
    document = write(rules)
    digest = digest_of(document, words)
    latest = RuleSet.objects.select_for_update(of=("self",)).filter(programme=programme).first()
    if latest is not None and latest.digest == digest:
        return latest
    rule_set = RuleSet.objects.create(
        programme=programme,
        version=latest.version + 1 if latest else 1,
        document=document,
        words=dict(words),
        digest=digest,
    )
    record("rules_published", by=by, at=at, programme=programme, version=rule_set.version)
    return rule_set


def export_programme(programme: Programme) -> str:
    """The programme as a file that loads back as the same programme."""
    latest = programme.rule_sets.first()
    if latest is None:
        raise UnreadableRules([Problem("programme", "ce programme n'a pas encore de règles")])
    heading = Heading(
        name=programme.name,
        slug=programme.slug,
        summary=programme.summary,
        contact_email=programme.contact_email,
    )
    document: dict[str, Any] = {"programme": write(heading)}
    if latest.words:
        document["vocabulary"] = latest.words
    document |= latest.document
    for key, section in preset_sections.registered().items():
        part = section.export(programme)
        if part is not None:
            document[key] = dict(part)
    return tomli_w.dumps(document, multiline_strings=True)


@transaction.atomic
def open_cohort(
    programme: Programme,
    *,
    name: str,
    slug: str,
    opens_on: date,
    starts_on: date,
    enrolment_ends_on: date | None = None,
    ends_on: date | None = None,
    by: Person | None,
    at: datetime,
) -> Cohort:
    """Open a cohort under the programme's newest rules, which it keeps (I11)."""
    cohort = Cohort(
        programme=programme,
        rule_set=programme.rule_sets.latest("version"),
        name=name,
        slug=slug,
        opens_on=opens_on,
        enrolment_ends_on=enrolment_ends_on,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    cohort.full_clean()
    cohort.save()
    record("cohort_opened", by=by, at=at, programme=programme, cohort=cohort.slug)
    return cohort


@transaction.atomic
def change_cohort(cohort: Cohort, *, by: Person, at: datetime, **changes: Any) -> Cohort:
    """Give a cohort another name or other dates; its rules and its address stay."""
    cohort = lock(cohort)
    for field, value in changes.items():
        setattr(cohort, field, value)
    cohort.full_clean()
    cohort.save()
    record("cohort_changed", by=by, at=at, programme=cohort.programme, cohort=cohort.slug)
    return cohort


# The keys whose texts people read.
_TEXTS = {"items", "label", "help", "section", "text", "title", "sentence", "place_advice"}


def problems_of_words(rules: Rules) -> list[Problem]:
    """Texts of the rules in which a word in braces is not one of the vocabulary."""
    return [
        Problem(key, problem.reason)
        for key, text in _texts_in(write(rules))
        for problem in check_text(text)
    ]


def _texts_in(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts_in(inner, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for position, inner in enumerate(value, 1):
            yield from _texts_in(inner, f"{key}[{position}]")
    elif isinstance(value, str) and key.rpartition(".")[2].partition("[")[0] in _TEXTS:
        yield key, value


def preset_files() -> list[Path]:
    """The programme files that come with the product."""
    return sorted((Path(__file__).resolve().parent.parent / "presets").glob("*.toml"))


def digest_of(document: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    canonical = json.dumps([document, words], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
