"""The language of a short text."""

from __future__ import annotations

from typing import Literal

#: A text with this share of Han characters among its letters is Chinese: commands and names stay Latin in it.
_HAN_SHARE = 0.15


def guess_language(text: str) -> Literal["zh", "en"]:
    """Tell "zh" from "en" by the share of Han characters."""
    letters = [char for char in text if char.isalpha()]
    han = sum("\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" for char in letters)
    return "zh" if letters and han >= _HAN_SHARE * len(letters) else "en"
