"""What becomes of an association's colour where it must be read."""

from __future__ import annotations

_CONTRAST = 4.5  # what WCAG 2.2 asks of text, on white
_STEP = 0.95


def legible(colour: str) -> str:
    """A colour written #rrggbb, darkened as far as it takes to read it on white paper."""
    channels = [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
    while 1.05 / (_luminance(channels) + 0.05) < _CONTRAST:
        channels = [int(channel * _STEP) for channel in channels]
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _luminance(channels: list[int]) -> float:
    """Relative luminance of an sRGB colour, from 0 to 1 (WCAG 2.2)."""
    shares = [channel / 255 for channel in channels]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
