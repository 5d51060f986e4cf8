"""A ZIP file that goes on where it was cut off. Pure.

A ZIP tells of each file twice: before its content, and in a directory at the end. Where the end is
missing, what stands before each content is read, and every whole content is kept.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from os import SEEK_END
from typing import IO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

# Signature, version, flags, method, hour, day, CRC, both sizes, lengths of the name and of the rest.
_HEADER = struct.Struct("<4s5H3L2H")
_SIGNATURE = b"PK\x03\x04"
_PIECE = 1 << 20


class Archive:
    """Files stored one after the other in `target`, behind those that stand there whole already."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        found = list(_whole_entries(target))
        self._left = {entry.filename: entry for entry, _end in found}
        target.seek(found[-1][1] if found else 0)
        target.truncate()
        self._zip = ZipFile(target, "w", ZIP_STORED)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: object, *raised: object) -> None:
        if kind is None:
            self._zip.close()

    def keeps(self, name: str, digest: str) -> bool:
        """Take over what was left under that name, if it is the content of that SHA-256."""
        entry = self._left.get(name)
        if entry is None or self._digest_of(entry) != digest:
            return False
        self._zip.infolist().append(entry)
        return True

    def write(self, name: str, pieces: Iterable[bytes], *, at: datetime) -> str:
        """Store a content under a name; its SHA-256."""
        digest = sha256()
        with self._zip.open(ZipInfo(name, date_time=at.timetuple()[:6]), "w") as stored:
            for piece in pieces:
                digest.update(piece)
                stored.write(piece)
        return digest.hexdigest()

    def _digest_of(self, entry: ZipInfo) -> str:
        digest = sha256()
        left = entry.file_size
        self._target.seek(entry.header_offset + _HEADER.size + len(entry.filename.encode()))
        while left:
            piece = self._target.read(min(_PIECE, left))
            digest.update(piece)
            left -= len(piece)
        return digest.hexdigest()


def _whole_entries(target: IO[bytes]) -> Iterator[tuple[ZipInfo, int]]:
    """Each file that is there to its last byte, and where it ends."""
    length = target.seek(0, SEEK_END)
    start = 0
    while start + _HEADER.size <= length:
        target.seek(start)
        signature, _version, flags, method, hour, day, crc, _packed, size, named, more = (
            _HEADER.unpack(target.read(_HEADER.size))
        )
        end = start + _HEADER.size + named + more + size
        # The size is written last; until then it is 0.
        if signature != _SIGNATURE or method != ZIP_STORED or more or not size or end > length:
            return
        entry = ZipInfo(target.read(named).decode(), date_time=_moment(day, hour))
        entry.flag_bits, entry.CRC, entry.header_offset = flags, crc, start
        entry.file_size = entry.compress_size = size
        entry.external_attr = 0o600 << 16
        yield entry, end
        start = end


def _moment(day: int, hour: int) -> tuple[int, int, int, int, int, int]:
    """From the form of MS-DOS, in which a ZIP writes dates."""
    date = (day >> 9) + 1980, day >> 5 & 0xF, day & 0x1F
    return *date, hour >> 11, hour >> 5 & 0x3F, (hour & 0x1F) * 2
