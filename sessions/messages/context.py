from __future__ import annotations

from typing import Any

from programmes.models import Pair


def pair_context(pair: Pair, person_id: int) -> dict[str, Any]:
    """What every mail about a pair says: to whom, about whom, in which words.

    For someone who is neither of the two, `role` and `other` are None.
    """
    sides = {pair.mentor.person_id: pair.mentor, pair.mentee.person_id: pair.mentee}
    mine = sides.get(person_id)
    other = next((side for pk, side in sides.items() if mine and pk != person_id), None)
    return {
        "pair": pair,
        "role": mine.role if mine else None,
        "addressee": mine.role if mine else None,
        "other": other.known_as if other else None,
        "programme": pair.cohort.programme,
        "vocabulary": pair.cohort.vocabulary,
    }
