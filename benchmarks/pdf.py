"""What a sealed convention costs, and an archive of a thousand: `python benchmarks/pdf.py [--check]`.

Each goal is a ratio measured in one run, or a time for something a person waits for. With
`--check` the exit code is 1 where one is missed. The database and the files are temporary.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MARK = "figures: "
# The best of so many tries: it takes two cores that nothing else uses.
SIDE_BY_SIDE, TRIES = 10, 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail where a goal is missed")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--conventions", type=int, default=1000)
    parser.add_argument("--render", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="binome-benchmark-") as folder:
        prepare(Path(folder))
        if options.render:
            return render_again(options.render.read_text())
        return measure(Path(folder), options)


def prepare(folder: Path) -> None:
    """Django on a database of its own."""
    os.environ.update(
        READ_DOT_ENV="0", DEBUG="1", DATA_DIR=str(folder), LOG_LEVEL="ERROR", COLLECTED_STATIC="0"
    )
    for given in ("DATABASE_URL", "REDIS_URL", "KEYS_DIR", "DEMO", "S3_BUCKET"):
        os.environ.pop(given, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()


def measure(folder: Path, options: argparse.Namespace) -> int:
    from charters import pdf, sealing
    from charters.files import read_text
    from charters.presentation import proof_lines, signature_blocks

    convention = signed_convention()
    html = pdf._html(
        convention,
        "pdf/complete.html",
        blocks=signature_blocks(convention),
        proof=proof_lines(convention),
        head=convention.proof_head,
    )
    text = read_text(convention)
    tagged = pdf.write(html, colour="#1f4e79")
    plain_ms, tagged_ms, sealed_ms, seal_ms = medians(
        options.rounds,
        lambda: pdf.write(html, colour="#1f4e79", variant=None),
        lambda: pdf.write(html, colour="#1f4e79"),
        lambda: sealing.seal(pdf.render_complete(convention, text)),
        lambda: sealing.seal(tagged),
    )
    before = peak_mb()
    for _ in range(options.rounds):
        sealing.seal(pdf.render_complete(convention, text))
    grown = peak_mb() - before
    page = folder / "page.html"
    page.write_text(html)
    tries = [(at_once(page, 1), at_once(page, 2)) for _ in range(TRIES)]
    alone, together = (max(rates) for rates in zip(*tries, strict=True))
    seconds, kept_mb = archive(convention, options.conventions)
    goals = [
        ("tagged PDF/A-3a, times the bare render", tagged_ms / plain_ms, 1.12, "<="),
        ("render and seal, times the render alone", sealed_ms / tagged_ms, 1.20, "<="),
        ("two processes, times the throughput of one", together / alone, 1.9, ">="),
        (f"seconds for a ZIP of {options.conventions} conventions", seconds, 10.0, "<="),
        ("MB that the ZIP adds to memory", kept_mb, 30.0, "<="),
    ]
    print("Medians of processor time:")
    print(f"bare render {plain_ms:.0f} ms, tagged {tagged_ms:.0f} ms, seal {seal_ms:.1f} ms,")
    print(f"render and seal {sealed_ms:.0f} ms; {grown:.1f} MB more after {options.rounds} of them")
    missed = 0
    for what, found, goal, sign in goals:
        is_kept = found <= goal if sign == "<=" else found >= goal
        missed += not is_kept
        print(f"{'ok    ' if is_kept else 'MISSED'} {what}: {found:.2f} (goal {sign} {goal})")
    return 1 if missed and options.check else 0


def signed_convention():
    """Three parties, in the words of a programme that comes with the product."""
    from django.core.management import call_command

    from charters.models import Convention
    from programmes.models import Coordinator
    from programmes.policy.terms import Role
    from tests.factories import charters, people, programmes

    call_command("migrate", verbosity=0)
    organisation, alix = people.make_organisation(), people.make_alix()
    programme = programmes.make_preset(organisation, "espace-jeunes-anne-frank")
    Coordinator.objects.create(programme=programme, person=alix, may_sign=True)
    cohort = programmes.make_cohort(programme)
    pair = programmes.make_accepted_pair(
        programmes.make_enrolment(cohort, people.make_camille(), Role.MENTOR),
        programmes.make_enrolment(cohort, people.make_nour(), Role.MENTEE),
        by=alix,
    )
    opened = Convention.objects.get(pair=pair)
    return charters.sign_by_all(opened, for_organisation=alix, at=programmes.AT)


def medians(rounds: int, *acts: Callable[[], object]) -> list[float]:
    """Milliseconds of processor time of each, in turn, so that a busy machine weighs on all alike."""
    times: list[list[float]] = [[] for _ in acts]
    for act in acts:
        act()
    for _ in range(rounds):
        for taken, act in zip(times, acts, strict=True):
            start = time.process_time()
            act()
            taken.append((time.process_time() - start) * 1000)
    return [statistics.median(taken) for taken in times]


def at_once(page: Path, processes: int) -> float:
    """Renders a second by so many processes at the same time."""
    command = [sys.executable, __file__, "--render", str(page)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    told = [process.communicate()[0].partition(MARK)[2] for process in running]
    spans = [json.loads(one) for one in told]
    return processes * SIDE_BY_SIDE / max(end - start for start, end in spans)


def render_again(html: str) -> int:
    """In a process of its own: warm up, then render as often as it is compared."""
    from charters import pdf

    pdf.write(html, colour="#1f4e79")
    start = time.time()
    for _ in range(SIDE_BY_SIDE):
        pdf.write(html, colour="#1f4e79")
    print(MARK + json.dumps([start, time.time()]))
    return 0


def archive(model, count: int) -> tuple[float, float]:
    """Seconds and memory for the archive of so many stored conventions."""
    from charters.exporting import write_archive
    from charters.files import keep_file
    from charters.models import Convention, ConventionParty, Signature, conventions

    keep_file(model)
    model = Convention.objects.get(pk=model.pk)
    with model.file.open("rb") as stored:
        content = stored.read()
    folder = Path(model.file.path).parent
    for number in range(count):
        (folder / f"copy-{number}.pdf").write_bytes(content)
    copies = Convention.objects.bulk_create(
        Convention(
            pair=model.pair,
            state="superseded",
            document=model.document,
            digest=model.digest,
            opened_at=model.opened_at,
            closed_at=model.opened_at,
            signed_at=model.signed_at,
            code=conventions.new_code(),
            text_sha256=model.text_sha256,
            file=f"conventions/copy-{number}.pdf",
            file_sha256=model.file_sha256,
        )
        for number in range(count)
    )
    parties = ConventionParty.objects.bulk_create(
        ConventionParty(convention=copy, kind=one.kind, order=one.order, name=one.name)
        for copy in copies
        for one in model.parties.all()
    )
    Signature.objects.bulk_create(
        Signature(party=party, name=party.name, email="", digest="", signed_at=model.signed_at)
        for party in parties
    )
    listed = Convention.objects.filter(state="superseded").select_related("pair__mentee__person")
    before, start = peak_mb(), time.perf_counter()
    with tempfile.TemporaryFile() as target:
        write_archive(target, listed.prefetch_related("parties__signature"), lambda *_: None)
    return time.perf_counter() - start, peak_mb() - before


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
