"""Pairs of large pools, held against SciPy's dense assignment and munkres: time, memory, fairness.

    python -m benchmarks.matching [--quick] [--check]

Each solver runs in a process of its own, from the start of Python to the end of the answer, in
turns; a figure is the median of the turns. All read the same file of the pool, with modules compiled
beforehand and one thread, and give (matched, total); ours also proves it. The full run takes about
twenty minutes, most of them SciPy's; `--check` exits 1 and names what is missed; `--quick` takes
smaller pools, to see that all runs.
"""

from __future__ import annotations

import argparse
import ast
import math
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TURNS = 3


@dataclass(frozen=True)
class Figure:
    """Several turns of one solver on one pool: wall time in seconds, peak memory in MiB, the answer."""

    seconds: float
    mib: float
    proof: float
    answer: dict[str, Any]


@dataclass(frozen=True)
class Goal:
    name: str
    value: float
    bound: float
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def __str__(self) -> str:
        verdict, sign = "ok" if self.is_met else "MISSED", "≥" if self.at_least else "≤"
        return f"{verdict:7}{self.name}: {self.value:.4g} ({sign} {self.bound:.4g})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="smaller pools")
    parser.add_argument("--check", action="store_true", help="exit 1 if a goal is missed")
    parser.add_argument("--turns", type=int, default=TURNS)
    options = parser.parse_args()
    small, middle, large, huge = (
        (200, 1000, 4000, 8000) if options.quick else (1000, 5000, 20_000, 100_000)
    )
    figures = measure(
        [
            ("plain", large), ("scipy", large), ("plain", huge), ("plain", small),
            ("munkres", small), ("munkres-c", small), ("fair", large), ("plain", middle), ("fair", middle),
            ("floors", middle),
        ],
        options.turns,
    )  # fmt: skip
    goals = judge(figures, small, middle, large, huge)
    print(*goals, sep="\n")
    missed = [goal.name for goal in goals if not goal.is_met]
    if options.check and missed:
        print("missed:", *missed, sep="\n  ", file=sys.stderr)
        return 1
    return 0


def measure(wanted: list[tuple[str, int]], turns: int) -> dict[tuple[str, int], Figure]:
    seen: dict[tuple[str, int], list[tuple[float, dict[str, Any]]]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        pools = {
            size: write_pool(Path(folder), size) for size in {0, *(size for _, size in wanted)}
        }
        for solver in {solver for solver, _ in wanted}:
            run(solver, pools[0])  # compiles the modules it imports
        for turn in range(turns):
            for solver, size in wanted:
                if turn and solver in ("munkres", "floors") and seen[solver, size][0][0] > 20:
                    continue  # minutes of the slow side, once; its ratio is far beyond the goal
                seconds, answer = run(solver, pools[size])
                print(
                    f"  {turn + 1} {solver:10}{size:>8}{seconds:9.2f} s{answer['mib']:9.0f} MiB",
                    flush=True,
                )
                seen[solver, size].append((seconds, answer))
    return {
        key: Figure(
            median(seconds for seconds, _ in runs),
            median(answer["mib"] for _, answer in runs),
            median(answer.get("proof", 0) / seconds for seconds, answer in runs),
            runs[0][1],
        )
        for key, runs in seen.items()
    }


def write_pool(folder: Path, size: int) -> Path:
    path = folder / str(size)
    start("pools", str(size or 20), str(path), folder=folder)
    return path


def run(solver: str, pool: Path) -> tuple[float, dict[str, Any]]:
    """Seconds from the start of the process to its end, and what it said."""
    started = time.perf_counter()
    said = start("solvers", solver, str(pool), folder=pool.parent)
    return time.perf_counter() - started, ast.literal_eval(said)


def start(program: str, *arguments: str, folder: Path) -> str:
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    return subprocess.run(
        [sys.executable, "-c", f"from benchmarks.{program} import main; main()", *arguments],
        cwd=ROOT,
        env=os.environ | threads | compiled,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def judge(
    figures: dict[tuple[str, int], Figure], small: int, middle: int, large: int, huge: int
) -> list[Goal]:
    plain, dense, fair = (figures[name, large] for name in ("plain", "scipy", "fair"))
    tiny, most = figures["plain", small], figures["plain", huge]
    before, after = figures["plain", middle].answer, figures["fair", middle].answer
    floors = figures["floors", middle].answer
    same = [plain.answer[key] - dense.answer[key] for key in ("matched", "total")]
    growth = math.log(plain.seconds / tiny.seconds) / math.log(large / small)
    return [
        Goal(f"{large} mentees, time against SciPy's", plain.seconds / dense.seconds, 1 / 12),
        Goal(f"{large} mentees, memory against SciPy's", plain.mib / dense.mib, 1 / 60),
        Goal(f"{large} mentees, difference of (matched, total)", max(map(abs, same)), 0),
        Goal(f"{huge} mentees, time against SciPy's for {large}", most.seconds / dense.seconds, 1.5),
        Goal(f"{huge} mentees, MiB", most.mib, 400),
        Goal(f"{small} mentees, munkres' time against ours",
             figures["munkres", small].seconds / tiny.seconds, 10, True),
        Goal(f"{small} mentees, the same with its compiled kernel",
             figures["munkres-c", small].seconds / tiny.seconds, 10, True),
        Goal(f"growth of time from {small} to {large}, exponent", growth, 1.4),
        Goal(f"proof's share of a plain run of {large}", plain.proof, 0.10),
        Goal(f"proof's share of a fair run of {large}", fair.proof, 0.10),
        Goal(f"fairness for {middle}, fewer matched", floors["matched"] - after["matched"], 0),
        Goal(f"fairness for {middle}, minimum below the best", floors["minimum"] - after["minimum"], 0),
        Goal(f"fairness for {middle}, 5th percentile", after["fifth"] / before["fifth"], 1.03, True),
        Goal(f"fairness for {middle}, total", after["total"] / before["total"], 0.99, True),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
