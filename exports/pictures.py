"""Pictures as files of a deck: recognised by their first bytes, named by their content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

#: Bytes of one picture: a deck is carried to phones.
MAX_PICTURE = 5_000_000
_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp"}


class PictureError(ValueError):
    """A file that cannot be shown as a picture; the message says why, after its name."""


@dataclass(frozen=True)
class Media:
    """A picture that may go into a deck."""

    name: str  # from the content: the same picture is one file, two of one name are two
    data: bytes

    @property
    def media_type(self) -> str:
        """For the Content-Type header."""
        return _TYPES[self.name.rsplit(".", 1)[-1]]


def read_picture(data: bytes) -> Media:
    """Take a picture in.

    :raise PictureError: it is no PNG, JPEG, GIF or WebP, or too large
    """
    if len(data) > MAX_PICTURE:
        raise PictureError(f"is larger than {MAX_PICTURE // 1_000_000} MB.")
    kind = _kind(data)
    if not kind:
        raise PictureError("is no PNG, JPEG, GIF or WebP picture.")
    return Media(f"noteproof-{hashlib.sha256(data).hexdigest()[:20]}.{kind}", data)


def _kind(data: bytes) -> str:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""
