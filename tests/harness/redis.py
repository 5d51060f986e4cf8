"""A real Redis: the one of REDIS_URL, else a process of the run's own."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests.harness import limits, processes


@contextmanager
def redis_server() -> Iterator[str]:
    """The address of a Redis; an own one is ended, by its process, when the block ends."""
    given = os.environ.get("BINOME_TEST_REDIS_URL")
    if given:
        yield given
        return
    binary = shutil.which("redis-server")
    if binary is None:
        limits.cannot_run("tests on Redis", install="apt-get install redis-server")
    folder = Path(tempfile.mkdtemp(prefix="binome-redis-", dir="/tmp"))
    port = processes.free_port()
    log = folder / "log"
    command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    server = processes.start(command, log=log, as_user=None)
    url = f"redis://127.0.0.1:{port}/0"
    try:
        processes.wait_until_it_answers(server, answers=lambda: answers(url), log=log)
        yield url
    finally:
        processes.end(server, folder=folder)


def answers(url: str) -> bool:
    try:
        with redis.Redis.from_url(url) as connection:
            return bool(connection.ping())
    except redis.ConnectionError:
        return False
