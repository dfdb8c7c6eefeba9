"""Read a sandbox's state: the engine's objects through its API, the files through the agent."""

from __future__ import annotations

import json
import time
from typing import Any, Literal
from urllib.parse import quote, urlencode

from sandboxes.channels import Agent, ChannelError, listed, mapping, number, parse_json
from sandboxes.effects import Event, FileEntry, Snapshot
from sandboxes.inner import InnerEngine

EMPTY = Snapshot((), {}, {}, (), (), {}, (), ())

MOST = (
    100  # containers, images, volumes or networks read; a learner who makes more has left every task behind
)
MOST_EVENTS = 2000
MOST_CHANGES = 2000
LOG_BYTES = 4096
READ_SECONDS = 30.0
SETTLE_TURNS, SETTLE_TURN_SECONDS = 25, 0.02

_LISTS = ("/containers/json?all=1", "/images/json", "/volumes", "/networks")
CHANGE_LETTERS = {0: "C", 1: "A", 2: "D"}
EVENT_KINDS = ("container", "image", "volume", "network")
EVENT_ATTRIBUTES = ("container", "driver", "exitCode", "image", "name", "signal", "type")
FILE_KINDS: tuple[Literal["file", "folder", "link", "other"], ...] = ("file", "folder", "link", "other")


def take_snapshot(engine: InnerEngine, agent: Agent, known: Snapshot = EMPTY) -> Snapshot:
    """Read everything within READ_SECONDS.

    An image found in `known` is not asked for again: its content cannot change.

    :raise ChannelError: the engine is gone or was replaced by something that answers nonsense
    """
    engine.deadline(READ_SECONDS)
    agent.send({"list": True}, READ_SECONDS)  # it looks at the files while the engine answers
    containers, images, volumes, networks = engine.all_json(_LISTS)
    details = _containers(engine, containers)
    ids = [str(container["Id"]) for container in details]
    changes = engine.all_json([f"/containers/{quote(id, safe=':')}/changes" for id in ids])
    all_changes = {id: _changes(rows) for id, rows in zip(ids, changes, strict=True)}
    logs = engine.all_text([f"/containers/{quote(id, safe=':')}/logs?stdout=1&stderr=1&tail=50" for id in ids])
    all_logs = {id: _log(row, data) for id, row, data in zip(ids, details, logs, strict=True)}
    all_images, all_networks = _images(engine, images, known), _networks(engine, networks)
    files, volume_files, logins = _files(agent)
    return Snapshot(
        containers=tuple(details),
        changes=all_changes,
        logs=all_logs,
        images=tuple(all_images),
        volumes=tuple(_volumes(volumes)),
        volume_files=volume_files,
        networks=tuple(all_networks),
        files=files,
        logins=logins,
    )


def settle(engine: InnerEngine, agent: Agent) -> None:
    """Wait a moment until containers started just now rest, or have ended and the engine knows it.

    `docker run -d busybox true` returns while its container still runs: what is read at once differs by luck.
    """
    engine.deadline(READ_SECONDS)
    rows = [mapping(row) for row in listed(engine.json("/containers/json"), MOST)]
    young = [_id(row) for row in rows if _is_young(row)]
    states = _states(engine, young)
    pids = {_int(state.get("Pid")): id for id, state in zip(young, states, strict=True) if state.get("Running") is True}
    if not pids:
        return
    for message in agent.ask({"settle": list(pids)}, READ_SECONDS):
        gone = listed(mapping(message.get("done")).get("gone"), MOST)
        ending = [pids[pid] for pid in gone if pid in pids]
        for _ in range(SETTLE_TURNS):
            if not any(state.get("Running") is True for state in _states(engine, ending)):
                return
            time.sleep(SETTLE_TURN_SECONDS)


def read_events(engine: InnerEngine, since: float, until: float) -> tuple[Event, ...]:
    """Read the engine's events between two moments (seconds of the engine's clock)."""
    engine.deadline(READ_SECONDS)
    kinds = json.dumps({"type": list(EVENT_KINDS)})
    query = urlencode({"since": f"{since:.9f}", "until": f"{until:.9f}", "filters": kinds})
    lines = engine.text(f"/events?{query}").splitlines()[:MOST_EVENTS]
    return tuple(_event(mapping(parse_json(line)), since) for line in lines if line.strip())


def _containers(engine: InnerEngine, rows: Any) -> list[dict[str, Any]]:
    ids = [_id(mapping(row)) for row in listed(rows, MOST)]
    details = engine.all_json([f"/containers/{id}/json" for id in ids])
    found = [mapping(detail) for detail in details if detail is not None]  # None: it went away meanwhile (--rm)
    for detail in found:
        _id(detail)
    return sorted(found, key=lambda detail: str(detail.get("Created", "")))


def _changes(rows: Any) -> tuple[tuple[str, str], ...]:
    found = [mapping(row) for row in listed(rows, MOST_CHANGES)]
    return tuple((CHANGE_LETTERS.get(_int(row.get("Kind")), "?"), str(row.get("Path", ""))) for row in found)


def _log(container: dict[str, Any], data: bytes) -> str:
    if not mapping(container.get("Config") or {}).get("Tty"):
        data = _demultiplexed(data)
    return data[-LOG_BYTES:].decode("utf-8", "replace")


def _demultiplexed(data: bytes) -> bytes:
    """Return the payloads of frames of eight bytes of header and a length."""
    payloads, at = [], 0
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "big")
        payloads.append(data[at + 8 : at + 8 + length])
        at += 8 + length
    return b"".join(payloads)


def _images(engine: InnerEngine, rows: Any, known: Snapshot) -> list[dict[str, Any]]:
    before = {image["Id"]: image for image in known.images}
    found = {str(row.get("Id")): row for row in map(mapping, listed(rows, MOST))}
    new = [row for id, row in found.items() if id not in before]
    fresh = engine.all_json([f"/images/{_id(row)}/json" for row in new])
    images = {**before, **{str(row["Id"]): image for row, image in zip(new, fresh, strict=True) if image is not None}}
    return [_named(mapping(images[id]), found[id]) for id in sorted(found) if id in images]


def _named(image: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """Return an image with the names it has now; the rest of it never changes."""
    names = {key: listed(row.get(key), MOST) for key in ("RepoTags", "RepoDigests")}
    return {**image, **names, "Id": row["Id"]}


def _volumes(reply: Any) -> list[dict[str, Any]]:
    rows = listed(mapping(reply or {}).get("Volumes"), MOST)
    return sorted((mapping(row) for row in rows), key=lambda volume: str(volume.get("Name", "")))


def _networks(engine: InnerEngine, rows: Any) -> list[dict[str, Any]]:
    details = engine.all_json([f"/networks/{_id(mapping(row))}" for row in listed(rows, MOST)])
    return sorted((mapping(row) for row in details if row is not None), key=lambda row: str(row.get("Name", "")))


def _files(
    agent: Agent,
) -> tuple[tuple[FileEntry, ...], dict[str, tuple[tuple[str, str], ...]], dict[str, str]]:
    for message in agent.answers():
        done = mapping(message.get("done"))
        volumes = mapping(done.get("volumes"))
        volume_files = {
            str(name): tuple((file.path, file.digest) for file in map(_file, listed(rows, 10_000)))
            for name, rows in volumes.items()
        }
        logins = {str(name): str(kept) for name, kept in mapping(done.get("logins") or {}).items()}
        return tuple(_file(row) for row in listed(done.get("files"), 10_000)), volume_files, logins
    raise ChannelError("the sandbox lists no files")


def _file(row: Any) -> FileEntry:
    match row:
        case [
            str(path), str(kind), int(mode), int(size), str(digest), str(text), str(owner), str(twin), modified
        ] if kind in FILE_KINDS:  # fmt: skip
            return FileEntry(path, kind, mode, size, digest, text, owner, twin, number(modified))
    raise ChannelError("the sandbox lists files in the wrong shape")


def _event(row: dict[str, Any], since: float) -> Event:
    actor = mapping(row.get("Actor"))
    attributes = mapping(actor.get("Attributes") or {})
    kept = sorted((name, str(attributes[name])) for name in EVENT_ATTRIBUTES if name in attributes)
    at = _int(row.get("timeNano")) / 1e9 - since
    return Event(at, str(row.get("Type")), str(row.get("Action")), str(actor.get("ID")), tuple(kept))


def _is_young(row: dict[str, Any]) -> bool:
    """Say whether the engine calls a container just started; an older one has settled long ago."""
    return str(row.get("Status", "")).startswith(("Up Less than a second", "Up 1 second", "Up 2 seconds"))


def _states(engine: InnerEngine, ids: list[str]) -> list[dict[str, Any]]:
    rows = engine.all_json([f"/containers/{id}/json" for id in ids])
    return [mapping(mapping(row or {}).get("State") or {}) for row in rows]


def _id(row: dict[str, Any]) -> str:
    """Return an object's id, fit for a path: whatever a forged engine put there stays one segment."""
    value = row.get("Id")
    if not isinstance(value, str) or not value or len(value) > 200:
        raise ChannelError("the sandbox's engine names an object by nonsense")
    return quote(value, safe=":")


def _int(value: Any) -> int:
    if not isinstance(value, int):
        raise ChannelError("the sandbox answers JSON of the wrong shape")
    return value
