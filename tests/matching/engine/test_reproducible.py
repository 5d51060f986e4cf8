"""The same pairs and the same proof, whatever the order of the lists, the threads and the hashes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from matching.engine.result import FAIR, PLAIN

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = """
import sys
import numpy as np
from matching.engine.pool import restrict
from matching.engine.result import FAIR, PLAIN
from matching.engine.solving import solve
from tests.matching.engine.pools import random_pool

pool = random_pool(5, rows=400, columns=260, most=1000, kinds=60)
random = np.random.default_rng(int(sys.argv[1]))
rows, columns = (random.permutation(count).astype(np.int32) for count in pool.shape)
mixed = restrict(pool, rows, columns)
result = solve(mixed, FAIR if sys.argv[2] == "True" else PLAIN)
print(sorted((int(mixed.mentees[m.mentee]), int(mixed.mentors[m.mentor])) for m in result.pairs))
print(result.certificate, result.weight, result.low, result.plain_total)
"""


def said(shuffle, threads, aim):
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "PYTHONHASHSEED")
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, str(shuffle), str(aim.fair)],
        cwd=ROOT,
        env=os.environ | dict.fromkeys(names, str(threads)),
        stdout=subprocess.PIPE,
        check=True,
    ).stdout


@pytest.mark.parametrize("aim", [PLAIN, FAIR], ids=["plain", "fair"])
def test_processes_of_other_threads_and_orders_say_the_same_bytes(aim):
    first = said(1, 1, aim)

    assert b"Certificate" in first
    assert {said(2, 1, aim), said(3, 2, aim), said(4, 2, aim)} == {first}
