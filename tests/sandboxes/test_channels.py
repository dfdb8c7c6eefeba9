"""Everything that comes out of a sandbox may be forged: what the readers do with it."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
import tracemalloc
from contextlib import contextmanager, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandboxes.channels import (
    MAX_WEIGHT,
    VALUE_WEIGHT,
    Agent,
    Channel,
    ChannelError,
    listed,
    mapping,
    number,
    parse_json,
    status,
    weight,
)
from sandboxes.inner import MAX_REPLY, TOGETHER, InnerEngine
from sandboxes.snapshot import read_events, take_snapshot


def frame(data: bytes, stream: int = 1) -> bytes:
    return struct.pack(">B3xI", stream, len(data)) + data


class Peer:
    """The far end of a channel: answers each request with prepared bytes, then hangs up or stays silent.

    Requests that come together are answered together.
    """

    def __init__(self, *answers: bytes, hang_up: bool = True) -> None:
        self.near, self.far = socket.socketpair()
        self.answers, self.hang_up = answers, hang_up
        self.thread = threading.Thread(target=self._answer, daemon=True)
        self.thread.start()

    def _answer(self) -> None:
        try:
            rest = list(self.answers)
            while rest:
                asked = max(1, self.far.recv(1 << 20).count(b"GET "))
                self.far.sendall(b"".join(rest[:asked]))
                del rest[:asked]
            if self.hang_up:
                self.far.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the reader had enough

    def channel(self) -> Channel:
        return Channel(self.near)

    def close(self) -> None:
        self.near.close()
        self.thread.join(5)
        self.far.close()


@pytest.fixture
def peer():
    """Make peers that are closed with the test."""
    with closing_all() as make:
        yield make


@contextmanager
def closing_all():
    peers = []

    def make(*answers: bytes, hang_up: bool = True) -> Peer:
        peers.append(Peer(*answers, hang_up=hang_up))
        return peers[-1]

    yield make
    for one in peers:
        one.close()


def http(body: bytes, status: str = "200 OK") -> bytes:
    return frame(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)


def test_replies_on_one_connection_are_told_apart(peer):
    engine = InnerEngine(peer(http(b'{"a": 1}'), http(b"null"), http(b"{}", "404 Not Found")).channel())
    assert [engine.json("/a"), engine.json("/b"), engine.json("/c")] == [{"a": 1}, None, None]


def test_replies_may_come_in_pieces_and_with_noise_on_the_other_stream(peer):
    whole = http(b'{"a": 1}')[8:]
    pieces = b"".join(frame(b"noise", 2) + frame(whole[n : n + 3]) for n in range(0, len(whole), 3))
    assert InnerEngine(peer(pieces).channel()).json("/") == {"a": 1}


@pytest.mark.parametrize(
    "answer",
    [
        frame(b"SSH-2.0-nothing\r\n\r\n"),
        frame(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}"),
        frame(b"HTTP/1.1 banana\r\n\r\n"),
        frame(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{"),
        frame(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        frame(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n"),
        frame(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n"),
        http(b'{"a": '),
        http(b"\xff\xfe"),
        http(b'{"a": NaN}'),
        http(b"[" * 100_000 + b"]" * 100_000),
        http(b"[" * 100 + b"]" * 100),
        http(b'{"a":' * 100 + b"1" + b"}" * 100),
        http(b"1" * 5000),
        http(b"[" + b"[]," * 1_000_000 + b"0]"),
        http(b'{"":{"":0},"":[' + b'{"":0},' * 900_000 + b"0]}"),
        b"",
    ],
)
def test_nonsense_is_told_and_nothing_else_happens(peer, answer):
    with pytest.raises(ChannelError):
        InnerEngine(peer(answer).channel()).json("/")


@pytest.mark.parametrize("head", [b"", b"Content-Length: 999999999999\r\n", b"Transfer-Encoding: chunked\r\n"])
def test_a_reply_without_end_is_cut(peer, head):
    block = b"10000\r\n" + b"x" * 65536 + b"\r\n" if b"chunked" in head else b"x" * 65536
    endless = frame(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n") + frame(block) * (MAX_REPLY // 65536 + 2)
    with pytest.raises(ChannelError, match="without end"):
        InnerEngine(peer(endless).channel()).json("/")


def test_many_replies_take_no_more_memory_than_one(peer):
    half = b"[" + b"{}," * (MAX_WEIGHT // VALUE_WEIGHT // 4) + b"0]"
    engine = InnerEngine(peer(*[http(half)] * 3).channel())
    engine.deadline(20)
    assert len(engine.json("/")) > 100_000
    with pytest.raises(ChannelError, match="without end"):
        list(engine.all_json(["/", "/"]))
    tracemalloc.start()
    try:
        value = parse_json(half)
        assert tracemalloc.get_traced_memory()[0] <= weight(half)
        del value
    finally:
        tracemalloc.stop()


def test_silence_has_an_end(peer):
    engine = InnerEngine(peer(frame(b"HTTP/1.1 200 OK\r\n"), hang_up=False).channel())
    engine.deadline(0.2)
    began = time.monotonic()
    with pytest.raises(ChannelError) as failure:
        engine.json("/")
    assert failure.value.late
    assert time.monotonic() - began < 5


def test_questions_asked_together_are_answered_in_their_order(peer):
    many = [f"/{number}" for number in range(TOGETHER + 3)]
    replies = [http(json.dumps(path).encode()) for path in many]
    assert list(InnerEngine(peer(*replies).channel()).all_json(many)) == many
    mixed = peer(http(b"1"), http(b"no", "404 Not Found"), http(b"3"))
    assert list(InnerEngine(mixed.channel()).all_json(["/a", "/b", "/c"])) == [1, None, 3]


def test_an_agent_without_end_is_cut(peer):
    spam = frame(b'{"step": ' + b"x" * 60000) * 500
    with pytest.raises(ChannelError, match="without end"):
        list(Agent(peer(spam).channel()).ask({"run": ""}, 20))


def test_an_agent_answers_line_by_line(peer):
    lines = frame(b'{"began": 1}\n{"st') + frame(b'ep": {}}\n{"done": {}}\n{"more": 1}\n')
    answers = list(Agent(peer(lines).channel()).ask({"run": ""}, 20))
    assert answers == [{"began": 1}, {"step": {}}, {"done": {}}]


def test_a_sandbox_without_its_registry_is_not_taken(peer):
    def prepared(*said, seconds=20):
        agent = Agent(peer(*map(frame, said), hang_up=False).channel())
        agent.send({"prepare": True}, 20)
        agent.prepared(seconds)

    prepared(b'{"done": {"ready": true}}\n')
    for answer in (b'{"done": {"ready": false}}\n', b'{"done": {}}\n', b'{"done": 1}\n'):
        with pytest.raises(ChannelError):
            prepared(answer)
    with pytest.raises(ChannelError) as failure:
        prepared(seconds=0.2)
    assert failure.value.late


@given(st.recursive(st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
                    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))  # fmt: skip
def test_honest_json_is_read_as_it_is(value):
    assert parse_json(json.dumps(value).encode()) == value


@given(st.binary())
def test_any_bytes_are_json_or_refused(data):
    try:
        parse_json(data)
    except ChannelError:
        return
    json.loads(data)


@pytest.mark.parametrize("value", [True, "1", None, [], 1e300, 10**400])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ChannelError):
        number(value)


@pytest.mark.parametrize("value", [-1, 256, 10**30])
def test_what_is_no_exit_status_is_refused(value):
    with pytest.raises(ChannelError):
        status(value)


def test_shapes_are_checked():
    assert (listed(None, 5), listed([1, 2, 3], 2)) == ([], [1, 2])
    for value in ([], "x", None):
        with pytest.raises(ChannelError):
            mapping(value)
    with pytest.raises(ChannelError):
        listed({}, 5)


SHAPES = [
    b"null",
    b"[]",
    b"{}",
    b"[null]",
    b"[{}]",
    b'[{"Id": 5}]',
    b'[{"Id": ""}]',
    b'{"Volumes": 3}',
    b'"x"',
    b"7",
]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=8))
def test_a_forged_engine_gives_a_snapshot_or_is_told(shapes):
    replies = [http(shape) for shape in shapes]
    files = frame(b'{"done": {"files": [], "volumes": {}}}\n')
    with closing_all() as peer, suppress(ChannelError):
        take_snapshot(InnerEngine(peer(*replies).channel()), Agent(peer(files).channel()))
        read_events(InnerEngine(peer(*replies).channel()), 0, 1)


@pytest.mark.parametrize("row", [[], ["a"], ["a", "fifo", 1, 1, "", ""], ["a", "file", "1", 1, "", ""], {"a": 1}, 5])
def test_forged_files_are_told(peer, row):
    files = frame(json.dumps({"done": {"files": [row], "volumes": {}}}).encode() + b"\n")
    empty = [http(b"[]"), http(b"[]"), http(b"{}"), http(b"[]")]
    with pytest.raises(ChannelError):
        take_snapshot(InnerEngine(peer(*empty).channel()), Agent(peer(files).channel()))
