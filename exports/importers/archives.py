"""Zip archives that somebody else made."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

#: What a torn or hostile archive raises while it is opened and read: each way of packing has errors of its own
#: (bzip2's is an OSError, an unknown one a NotImplementedError, which is a RuntimeError).
TORN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, KeyError, ValueError, RuntimeError,
)  # fmt: skip
