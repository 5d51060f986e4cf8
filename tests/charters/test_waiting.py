"""Sealing waits for asynchronous work, wherever it is asked from."""

import asyncio

import pytest

from charters.waiting import result_of


async def twice(number: int) -> int:
    await asyncio.sleep(0)
    return 2 * number


def test_the_result_comes_also_where_a_loop_is_running() -> None:
    async def asked_from_a_loop() -> int:
        return result_of(twice(21))

    assert result_of(asked_from_a_loop()) == 42


def test_what_goes_wrong_is_said() -> None:
    async def failing() -> None:
        raise ValueError("no key")

    with pytest.raises(ValueError, match="no key"):
        result_of(failing())
