"""The API of the engine inside a sandbox, read only. What answers may be the learner's own program by now."""

from __future__ import annotations

import http.client
import io
import time
from typing import Any

from sandboxes.channels import Channel, ChannelError, parse_json

MAX_REPLY = 8 << 20  # bytes of one reply


class InnerEngine:
    """The API of the engine inside a sandbox, read only, over `docker system dial-stdio`."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._connection = http.client.HTTPConnection("docker")
        self._connection.sock = _Plug(channel)

    def deadline(self, seconds: float) -> None:
        """Give all calls from now on so many seconds together."""
        self._channel.deadline = time.monotonic() + seconds

    def json(self, path: str) -> Any:
        """Return the parsed reply to a GET of this path; a refusal (404 and the like) is None."""
        status, body = self._get(path)
        return parse_json(body) if status < 300 else None

    def text(self, path: str) -> bytes:
        """Return the reply to a GET of this path; a refusal is empty."""
        status, body = self._get(path)
        return body if status < 300 else b""

    def _get(self, path: str) -> tuple[int, bytes]:
        try:
            self._connection.request("GET", path)
            reply = self._connection.getresponse()
            body = reply.read(MAX_REPLY + 1)
        except (http.client.HTTPException, ValueError, OSError) as error:
            raise ChannelError(f"the sandbox's engine answers nonsense: {type(error).__name__}") from error
        if len(body) > MAX_REPLY:
            raise ChannelError("the sandbox's engine answers without end")
        return reply.status, body


class _Plug:
    """What http.client needs of a socket, on top of a channel; one reader for all replies."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._reader = _Reader(_Raw(channel))

    def makefile(self, mode: str, *_: object, **__: object) -> io.BufferedReader:
        return self._reader

    def sendall(self, data: bytes) -> None:
        self._channel.write(data)

    def close(self) -> None:
        """Stay open: the next request uses the same connection."""


class _Reader(io.BufferedReader):
    def close(self) -> None:
        """Stay open: http.client closes its file after each reply."""


class _Raw(io.RawIOBase):
    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._channel.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
