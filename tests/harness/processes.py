"""Servers that a test run starts for itself and ends by itself."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path


class ServerDidNotStart(Exception):
    """The process ended early or never answered; says what it wrote."""


def _die_with_parent() -> None:
    """On Linux: be interrupted when the test run is gone, even after `kill -9`."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)


def start(
    command: Sequence[str | Path], *, log: Path, as_user: int | None
) -> subprocess.Popen[bytes]:
    """Start a server outside the terminal's group, so that Ctrl-C ends the tests first."""
    with log.open("wb") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=log.parent,
            start_new_session=True,
            preexec_fn=_die_with_parent,
            **({} if as_user is None else {"user": as_user, "group": as_user, "extra_groups": []}),
        )


def wait_until_it_answers(
    process: subprocess.Popen[bytes], *, answers: Callable[[], bool], log: Path, seconds: float = 30
) -> None:
    """Return once `answers()` is true; raise ServerDidNotStart otherwise."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if answers():
            return
        time.sleep(0.05)
    raise ServerDidNotStart(f"{process.args!r} did not start:\n{log.read_text(errors='replace')}")


def end(process: subprocess.Popen[bytes], *, folder: Path) -> None:
    """Ask the server to stop, wait for it, and remove what it stored."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)
    shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def everyone_may_enter(path: Path) -> bool:
    """Whether another user can reach this folder: each folder above it lets everyone through."""
    others_may_pass = 0o001
    return all(os.stat(folder).st_mode & others_may_pass for folder in (path, *path.parents))
