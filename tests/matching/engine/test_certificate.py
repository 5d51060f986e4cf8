"""The checker accepts what is proved, and nothing else."""

import json
from dataclasses import replace

import numpy as np
import pytest

from matching.engine.certificate import (
    Certificate,
    Refuted,
    check,
    digest_of,
    pack,
    unpack,
)
from matching.engine.result import FAIR, PLAIN
from matching.engine.solving import solve
from tests.matching.engine.pools import random_pool

POOL = random_pool(7, rows=30, columns=16, density=0.5, most=1000)


def spots(result):
    return [(match.mentee, match.mentor) for match in result.pairs]


@pytest.fixture(params=[PLAIN, FAIR], ids=["plain", "fair"])
def result(request):
    return solve(POOL, request.param)


def test_a_certificate_survives_being_kept(result):
    kept = Certificate.from_document(json.loads(json.dumps(result.certificate.as_document())))

    assert kept == result.certificate
    check(POOL, spots(result), kept)


def test_two_pairs_that_swap_mentors_are_refused(result):
    (i, a), (j, b), *others = spots(result)

    with pytest.raises(Refuted, match="other pairs"):
        check(POOL, [(i, b), (j, a), *others], result.certificate)


def refusal_of(certificate, pairs, pool=POOL):
    """Why these pairs are refused, the digest being right."""
    named = replace(certificate, digest=digest_of(pool, pairs))
    with pytest.raises(Refuted) as refuted:
        check(pool, pairs, named)
    return str(refuted.value)


def test_the_digest_is_not_the_proof_and_a_worse_choice_is_refused():
    plain, fair = solve(POOL, PLAIN), solve(POOL, FAIR)
    assert (plain.total > fair.total) and (plain.minimum < fair.minimum)

    assert "worth more" in refusal_of(plain.certificate, spots(fair))
    assert "may not be made" in refusal_of(fair.certificate, spots(plain))


def test_fewer_pairs_than_possible_are_refused(result):
    assert "worth more" in refusal_of(result.certificate, spots(result)[1:])


def test_a_pair_made_twice_or_beyond_the_places_is_refused(result):
    (i, a), (j, b), *others = spots(result)
    full = [(k, b) for k in range(30)]

    assert "twice" in refusal_of(result.certificate, [(i, a), (i, b), (j, b), *others])
    assert "more mentees than places" in refusal_of(result.certificate, ready_only(full))


def ready_only(pairs):
    return [(i, j) for i, j in pairs if POOL.ready[i]]


def test_a_price_out_of_proportion_is_refused(result):
    prices = unpack(result.certificate.prices, int((POOL.places > 0).sum()))
    for at in range(len(prices)):
        changed = prices.copy()
        changed[at] += 2 * result.certificate.matched

        assert "above what any pair is worth" in refusal_of(
            replace(result.certificate, prices=pack(changed)), spots(result)
        )


def test_a_price_below_nothing_is_refused(result):
    prices = unpack(result.certificate.prices, int((POOL.places > 0).sum()))

    certificate = replace(result.certificate, prices=pack(prices - 10**6))

    assert "below nothing" in refusal_of(certificate, spots(result))


def test_a_crowd_that_proves_nothing_is_refused(result):
    nobody = pack(np.zeros(int(POOL.ready.sum()), dtype=np.bool_))
    certificate = result.certificate

    assert nobody not in (certificate.crowd, certificate.above)
    assert "nobody else" in refusal_of(replace(certificate, crowd=nobody), spots(result))
    if result.aim.fair:
        assert "lowest score" in refusal_of(replace(certificate, above=nobody), spots(result))


def test_a_lock_that_is_not_kept_is_refused(result):
    i, j = next(
        (i, j)
        for i in range(30)
        for j in range(16)
        if POOL.places[j] and (i, j) not in spots(result)
    )

    locked = replace(POOL, locked=frozenset({(i, j)}))

    assert "locked" in refusal_of(result.certificate, spots(result), locked)
