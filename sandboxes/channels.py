"""Talk to programs inside a sandbox through the engine's exec: bytes in, bytes out, every wait with a limit.

What comes back was written by whoever rules the sandbox by now, which may be the learner. So sizes, times and
the depth of JSON are limited here, for all readers.
"""

from __future__ import annotations

import http.client
import io
import json
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, cast

import docker
import requests
from docker.errors import DockerException

MAX_JSON_DEPTH = 64
MAX_LINE = 24 << 20  # bytes of one message of the agent; a listing of files is the largest
MAX_REPLY = 8 << 20  # bytes of one reply of the inner engine
STDOUT = 1


class ChannelError(Exception):
    """The other side is gone, too slow, or answers nonsense. `late` says that only the time was up."""

    def __init__(self, reason: str, *, late: bool = False) -> None:
        super().__init__(reason)
        self.late = late


class Channel:
    """A program running in a container, with its input and output on one connection to the engine."""

    def __init__(self, client: docker.APIClient, container: str, command: list[str]) -> None:
        """Start the program.

        :raise ChannelError: the container is gone, or the engine refuses
        """
        self.deadline = time.monotonic() + 60
        try:
            process = client.exec_create(container, command, stdin=True)["Id"]
            self._stream = client.exec_start(process, socket=True)
        except (DockerException, requests.RequestException) as error:
            raise ChannelError(f"{command[0]} cannot be started in the sandbox: {error}") from error
        self._socket: socket.socket = getattr(self._stream, "_sock", None) or cast(
            "socket.socket", self._stream
        )
        self._ready = bytearray()

    def write(self, data: bytes) -> None:
        try:
            self._socket.settimeout(self._left())
            self._socket.sendall(data)
        except TimeoutError as error:
            raise ChannelError("the sandbox does not read", late=True) from error
        except OSError as error:
            raise ChannelError(f"the sandbox is gone: {error}") from error

    def read(self, size: int) -> bytes:
        """Return some bytes of the program's standard output, at least one."""
        while not self._ready:
            stream, length = struct.unpack(">B3xI", self._exactly(8))
            payload = self._exactly(length)
            if stream == STDOUT:
                self._ready += payload
        data = bytes(self._ready[:size])
        del self._ready[:size]
        return data

    def close(self) -> None:
        with suppress(OSError):
            self._stream.close()
        with suppress(OSError):
            self._socket.close()

    def _exactly(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            try:
                self._socket.settimeout(self._left())
                part = self._socket.recv(size - len(data))
            except TimeoutError as error:
                raise ChannelError("the sandbox does not answer in time", late=True) from error
            except OSError as error:
                raise ChannelError(f"the sandbox is gone: {error}") from error
            if not part:
                raise ChannelError("the sandbox is gone")
            data += part
        return bytes(data)

    def _left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise ChannelError("the sandbox does not answer in time", late=True)
        return left


class Agent:
    """The program that runs scripts in the sandbox, image/lab/agent.py; it talks in lines of JSON."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._rest = bytearray()

    def hello(self, seconds: float) -> None:
        """Wait until the agent runs, which is when the inner engine listens."""
        self._channel.deadline = time.monotonic() + seconds
        self._message()

    def ask(self, request: dict[str, Any], seconds: float) -> Iterator[dict[str, Any]]:
        """Send a request and yield its answers; the last one has the key "done"."""
        self._channel.deadline = time.monotonic() + seconds
        self._channel.write(json.dumps(request).encode() + b"\n")
        while True:
            message = self._message()
            yield message
            if "done" in message:
                return

    def _message(self) -> dict[str, Any]:
        while (end := self._rest.find(b"\n")) < 0:
            if len(self._rest) > MAX_LINE:
                raise ChannelError("the sandbox answers without end")
            self._rest += self._channel.read(65536)
        line = bytes(self._rest[:end])
        del self._rest[: end + 1]
        return mapping(parse_json(line))


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


def parse_json(data: bytes) -> Any:
    """Parse JSON of a stranger.

    :raise ChannelError: it is none, or nested too deeply
    """
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ChannelError("the sandbox answers nonsense instead of JSON") from error
    if _deeper_than(value, MAX_JSON_DEPTH):
        raise ChannelError("the sandbox answers JSON nested too deeply")
    return value


def mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ChannelError("the sandbox answers JSON of the wrong shape")
    return value


def listed(value: Any, most: int) -> list[Any]:
    """Return a list's first entries; null, as the engine says for none, is empty."""
    if not isinstance(value, list | None):
        raise ChannelError("the sandbox answers JSON of the wrong shape")
    return (value or [])[:most]


def _deeper_than(value: Any, depth: int) -> bool:
    level = [value]
    for _ in range(depth):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not level:
            return False
    return True
