"""The API of the engine inside a sandbox, read only. What answers may be the learner's own program by now."""

from __future__ import annotations

import http.client
import io
import socket
import time
from collections.abc import Iterator, Sequence
from typing import Any, cast

from sandboxes.channels import MAX_WEIGHT, Channel, ChannelError, parse_json, weight

MAX_REPLY = 8 << 20  # bytes of one reply
#: Questions asked before the first reply is read; so few that they never fill the way there while replies wait.
TOGETHER = 20


class InnerEngine:
    """The API of the engine inside a sandbox, read only, over image/lab/line.py."""

    def __init__(self, channel: Channel) -> None:
        self._channel, self._plug = channel, _Plug(channel)
        self._left = MAX_WEIGHT

    def deadline(self, seconds: float) -> None:
        """Give all calls from now on so many seconds together, and MAX_WEIGHT bytes of memory."""
        self._channel.deadline = time.monotonic() + seconds
        self._left = MAX_WEIGHT

    def json(self, path: str) -> Any:
        """Return the parsed reply to a GET of this path; a refusal (404 and the like) is None."""
        return next(self.all_json([path]))

    def text(self, path: str) -> bytes:
        """Return the reply to a GET of this path; a refusal is empty."""
        return next(self.all_text([path]))

    def all_json(self, paths: Sequence[str]) -> Iterator[Any]:
        """Return the parsed replies to a GET of each path, in their order; asked together, they take one way there."""
        return (parse_json(body) if status < 300 else None for status, body in self._ask(paths))

    def all_text(self, paths: Sequence[str]) -> Iterator[bytes]:
        """Return the replies to a GET of each path, in their order."""
        return (body if status < 300 else b"" for status, body in self._ask(paths))

    def _ask(self, paths: Sequence[str]) -> Iterator[tuple[int, bytes]]:
        for start in range(0, len(paths), TOGETHER):
            some = paths[start : start + TOGETHER]
            self._channel.write("".join(f"GET {path} HTTP/1.1\r\nHost: docker\r\n\r\n" for path in some).encode())
            for _ in some:
                yield self._reply()

    def _reply(self) -> tuple[int, bytes]:
        try:
            reply = http.client.HTTPResponse(cast(socket.socket, self._plug), method="GET")
            reply.begin()
            body = reply.read(MAX_REPLY + 1)
        except (http.client.HTTPException, ValueError, OSError) as error:
            raise ChannelError(f"the sandbox's engine answers nonsense: {type(error).__name__}") from error
        self._left -= weight(body)
        if len(body) > MAX_REPLY or self._left < 0:
            raise ChannelError("the sandbox's engine answers without end")
        return reply.status, body


class _Plug:
    """What http.client needs of a socket, on top of a channel; one reader for all replies."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._reader = _Reader(_Raw(channel))

    def makefile(self, mode: str, *_: object, **__: object) -> io.BufferedReader:
        return self._reader

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
