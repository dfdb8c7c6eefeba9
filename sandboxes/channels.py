"""Talk to programs inside a sandbox through the engine's exec: bytes in, bytes out, every wait with a limit.

What comes back was written by whoever rules the sandbox by now, which may be the learner. So sizes, times and
the depth of JSON are limited here, for all readers.
"""

from __future__ import annotations

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
MAX_ANSWER = 24 << 20  # bytes of all the agent says to one request; a listing of files is the largest
MAX_WEIGHT = 64 << 20  # bytes of memory that all replies read at a time may take
VALUE_WEIGHT = 100  # of these, for each value in them: `[[],[],...` takes fifty times as much as its text
STDOUT = 1


class ChannelError(Exception):
    """The other side is gone, too slow, or answers nonsense. `late` says that only the time was up."""

    def __init__(self, reason: str, *, late: bool = False) -> None:
        super().__init__(reason)
        self.late = late


class Channel:
    """A program running in a container, with its input and output on one connection to the engine.

    `deadline`, on the monotonic clock, holds for every read and write until it is set anew.
    """

    def __init__(self, connection: socket.socket, keep: object = None) -> None:
        """Talk over a connection that carries the engine's frames; `keep` lives as long as the channel."""
        self.deadline = time.monotonic() + 60
        self._socket, self._keep = connection, keep
        self._ready = bytearray()

    @classmethod
    def open(cls, client: docker.APIClient, container: str, command: list[str]) -> Channel:
        """Start a program.

        :raise ChannelError: the container is gone, or the engine refuses
        """
        try:
            process = client.exec_create(container, command, stdin=True)["Id"]
            stream = client.exec_start(process, socket=True)
        except (DockerException, requests.RequestException) as error:
            raise ChannelError(f"{command[0]} cannot be started in the sandbox: {error}") from error
        return cls(getattr(stream, "_sock", None) or cast("socket.socket", stream), stream)

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
        for end in (self._keep, self._socket):
            with suppress(OSError, AttributeError):
                end.close()  # type: ignore[attr-defined]

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
        self._budget = MAX_ANSWER

    def hello(self, seconds: float) -> None:
        """Wait until the agent runs, which is when the inner engine listens.

        The client of an engine that starts a program may swallow what comes with the reply to that. So we speak first.
        """
        for _ in self.ask({"hello": True}, seconds):
            pass

    def ask(self, request: dict[str, Any], seconds: float) -> Iterator[dict[str, Any]]:
        """Send a request and yield its answers; the last one has the key "done"."""
        self.send(request, seconds)
        yield from self.answers()

    def send(self, request: dict[str, Any], seconds: float) -> None:
        """Send a request whose `answers` are read later, while other things are asked elsewhere."""
        self._channel.deadline = time.monotonic() + seconds
        self._budget = MAX_ANSWER
        self._channel.write(json.dumps(request).encode() + b"\n")

    def prepared(self, seconds: float) -> None:
        """Wait, so many seconds from now, for the answer to the request to start what the engine boots without.

        :raise ChannelError: it does not come, or says that it did not start
        """
        self._channel.deadline = time.monotonic() + seconds
        *_, last = self.answers()
        if mapping(last["done"]).get("ready") is not True:
            raise ChannelError("the registry in the sandbox does not start")

    def answers(self) -> Iterator[dict[str, Any]]:
        """Yield the answers to what was sent; the last one has the key "done"."""
        while True:
            message = self._message()
            yield message
            if "done" in message:
                return

    def _message(self) -> dict[str, Any]:
        while (end := self._rest.find(b"\n")) < 0:
            data = self._channel.read(65536)
            self._budget -= len(data)
            if self._budget < 0:
                raise ChannelError("the sandbox answers without end")
            self._rest += data
        line = bytes(self._rest[:end])
        del self._rest[: end + 1]
        return mapping(parse_json(line))


def weight(data: bytes) -> int:
    """Return about how many bytes of memory JSON takes once it is parsed, or more."""
    return len(data) + VALUE_WEIGHT * sum(data.count(sign) for sign in (b",", b"[", b"{"))


def parse_json(data: bytes) -> Any:
    """Parse JSON of a stranger.

    :raise ChannelError: it is none, takes too much memory, or is nested too deeply
    """
    if weight(data) > MAX_WEIGHT:
        raise ChannelError("the sandbox answers more than can be kept")
    try:
        value = json.loads(data, parse_constant=_refuse)
        if b"\\ud" in data.lower():  # perhaps half a character, which JSON can spell and nobody can store or print
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise ChannelError("the sandbox answers nonsense instead of JSON") from error
    if _deeper_than(value, MAX_JSON_DEPTH):
        raise ChannelError("the sandbox answers JSON nested too deeply")
    return value


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def number(value: Any) -> float:
    """Return a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
        raise ChannelError("the sandbox answers JSON of the wrong shape")
    return float(value)


def status(value: int) -> int:
    """Return a program's exit status, which has one byte."""
    if not 0 <= value < 256:
        raise ChannelError("the sandbox answers JSON of the wrong shape")
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
