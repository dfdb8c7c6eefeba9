"""What a run changed of its Docker engine."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from sandboxes.effects import Run

from . import images, names
from .containers import container_facts, whole_command
from .contents import contents_of
from .labels import BUILT_IN_NETWORKS, Catalogue, Labels, is_anonymous, tags
from .output import Reader
from .provider import View
from .reading import items, pairs, text, truth
from .signals import has_event, signals
from .spots import Spot

Row = dict[str, Any]
Found = Iterator[tuple[Spot, str]]
#: Facts that follow from the way a container came to be and say nothing of a later change.
_BORN_WITH = frozenset(
    {"image", "command", "entrypoint", "env", "user", "workdir", "hostname", "label", "expose", "tty"}
)
_WRITING = frozenset({"exec_start", "extract-to-dir", "attach"})
_LOOKING = frozenset({"exec_start", "archive-path", "export", "attach", "top", "extract-to-dir"})
#: Shells, editors and engines leave these behind; they are nobody's goal.
_NOISE = (
    ".bash_history",
    ".ash_history",
    ".sh_history",
    ".docker/",
    ".docker",
    ".local",
    ".cache",
    ".lesshst",
)


def engine_changes(view: View) -> Found:
    """List what a run changed of its engine. A subnet that one of the scripts spells out was chosen."""
    for part in (_containers, _passed, _images, _volumes, _networks, _logins):
        yield from part(view.run, view.labels, view.reader, view.scripts)


def _containers(run: Run, labels: Labels, reader: Reader, scripts: tuple[str, ...]) -> Found:
    known = Catalogue.of(run)
    before = {text(row, "Id"): row for row in run.before.containers}
    after = {text(row, "Id"): row for row in run.after.containers}
    for identity, row in before.items():
        label = labels.containers.get(identity, "")
        if identity not in after:
            yield Spot("container.removed", label), "yes"
        else:
            yield from _changed(run, row, after[identity], known, labels, label)
    for identity, row in after.items():
        if identity not in before:
            label = labels.containers.get(identity, "")
            yield Spot("container.exists", label), "yes"
            yield from _born(run, row, known, labels, reader, label)
    for identity in after:
        yield from _inside(run, identity, labels.containers.get(identity, ""), identity in before, reader, scripts[0])


def _born(run: Run, row: Row, known: Catalogue, labels: Labels, reader: Reader, label: str) -> Found:
    if label.startswith("+"):
        return  # a container of the answer's own: that it exists is all there is to say
    facts = container_facts(row, known.images.get(text(row, "Image"), {}), labels)
    for (aspect, item), value in facts.items():
        yield Spot(f"container.{aspect}", label, item), value
    ended = signals(run.events, text(row, "Id"))
    if facts.get(("state", "")) != "running":
        yield Spot("container.signals", label), ended
    if facts.get(("state", "")) == "exited" and not ended:
        yield Spot("container.logs", label), reader.canonical(run.after.logs.get(text(row, "Id"), ""))


def _changed(run: Run, old: Row, new: Row, known: Catalogue, labels: Labels, label: str) -> Found:
    image = known.images.get(text(old, "Image"), {})
    was, now = container_facts(old, image, labels), container_facts(new, image, labels)
    same_state = was.get(("state", "")) == now.get(("state", ""))
    held = same_state or was.get(("state", "")) == "paused"  # its processes lived on, unless it was started anew
    restarted = held and text(old, "State", "StartedAt") != text(new, "State", "StartedAt")
    for key in sorted(was.keys() | now.keys()):
        aspect, item = key
        if aspect in _BORN_WITH or was.get(key) == now.get(key):
            continue
        if aspect == "exit" and (key not in now or (same_state and not restarted)):
            continue
        spot = Spot("container.renamed" if aspect == "name" else f"container.{aspect}", label, item)
        yield spot, now.get(key) or "default"
    if restarted:
        yield Spot("container.restarted", label), "yes"
    yield Spot("container.signals", label), signals(run.events, text(new, "Id"))


def _inside(run: Run, identity: str, label: str, old: bool, reader: Reader, reference: str) -> Found:
    if label.startswith("+"):
        return
    was, now = set(run.before.changes.get(identity, ())), run.after.changes.get(identity, ())
    contents = {"/" + entry.path.lstrip("/"): entry for entry in contents_of(run).changes.get(identity, ())}
    whole = contents.pop("/(all)", None)
    touched = has_event(
        run.events, identity, _WRITING
    )  # then a file may have changed that had changed before
    folders = {path.rsplit("/", 1)[0] for _, path in now}
    mounts = _mount_points(run, identity)
    for kind, path in now:
        known = (kind, path) in was and not (touched and path in contents)
        if known or (kind == "C" and path in folders) or path.endswith(_NOISE) or _holds_mount(path, mounts):
            continue
        if kind == "D":
            yield Spot("container.deleted" if old else "container.file", label, path), "deleted"
        else:
            entry = contents.get(path, whole)
            yield Spot("container.file", label, path), images.fingerprint(entry, reader) if entry else "there"
            yield Spot("container.rights", label, path), images.rights(entry, reference) if entry else ""
    for kind, path in was - set(now):
        if kind == "A" and not any(other == path for _, other in now):
            yield Spot("container.deleted", label, path), "deleted"


def _mount_points(run: Run, identity: str) -> list[str]:
    rows = [row for row in run.after.containers if text(row, "Id") == identity]
    return [text(mount, "Destination").rstrip("/") for row in rows for mount in items(row, "Mounts")]


def _holds_mount(path: str, mounts: list[str]) -> bool:
    """Whether the engine made a folder for a volume to be mounted on."""
    return any(mount == path or mount.startswith(f"{path}/") for mount in mounts)


def files_of(view: View, identity: str, label: str) -> Found:
    """List what a container's changed files hold, whenever they were changed."""
    for entry in contents_of(view.run).changes.get(identity, ()):
        path = "/" + entry.path.lstrip("/")
        yield Spot("container.file", label, path), images.fingerprint(entry, view.reader)
        yield Spot("container.rights", label, path), images.rights(entry, view.scripts[0])


def _passed(run: Run, labels: Labels, reader: Reader, scripts: tuple[str, ...]) -> Found:
    """Containers that came and went, commands run in containers, images moved: traces in the events alone."""
    staying = {text(row, "Id") for row in (*run.before.containers, *run.after.containers)}
    ran = {event.subject for event in run.events if event.kind == "container" and event.action == "start"}
    born: tuple[Row, ...] = getattr(run, "born", ())
    commands = {text(row, "Id"): whole_command(row) for row in born}
    for event in run.events:
        attributes = dict(event.attributes)
        if event.kind == "container" and event.action == "die" and event.subject in ran - staying:
            image = names.image_name(attributes.get("image", ""))
            yield Spot("container.passed", image), "exit code " + attributes.get("exitCode", "0")
            yield Spot("container.ran", image, "passed"), commands.get(event.subject, "")
        elif event.kind == "image" and event.action in ("pull", "push"):
            name = names.image_name(attributes.get("name", "") or event.subject)
            yield Spot(f"image.{event.action}ed", _full(name, event.subject)), "yes"
        elif event.kind == "container" and event.action.startswith("exec_start"):
            command = event.action.partition(":")[2].strip()
            label = labels.containers.get(event.subject, "")
            yield Spot("container.ran", label, "exec"), names.command_line(command.split(" "))
    for identity, label in labels.containers.items():
        if has_event(run.events, identity, _LOOKING):
            yield Spot("container.looked", label), "yes"


def _full(name: str, subject: str) -> str:
    return names.image_name(subject) if ":" in subject and not subject.startswith("sha256:") else name


def _images(run: Run, labels: Labels, reader: Reader, scripts: tuple[str, ...]) -> Found:
    was, now = images.tag_owners(run.before.images), images.tag_owners(run.after.images)
    old = {text(row, "Id") for row in run.before.images}
    pulled = _pulled(run)
    for tag in sorted(now):
        row, identity = now[tag], text(now[tag], "Id")
        if tag in was and text(was[tag], "Id") == identity:
            continue
        if tag in pulled:
            yield Spot("image.tag", tag), f"pulled {identity[:19]}"
        elif identity in old:
            yield Spot("image.tag", tag), labels.images[identity]
        else:
            yield Spot("image.tag", tag), "a new image"
            yield from _made(run, tag, row, labels, reader, scripts[0])
    for tag in sorted(set(was) - set(now)):
        yield Spot("image.removed", tag), "yes"
    left = {text(row, "Id") for row in run.after.images}
    for row in run.before.images:
        if not tags(row) and text(row, "Id") not in left:
            yield Spot("image.removed", labels.images[text(row, "Id")]), "yes"


def _pulled(run: Run) -> set[str]:
    return {
        _full(names.image_name(dict(event.attributes).get("name", "")), event.subject)
        for event in run.events
        if event.kind == "image" and event.action == "pull"
    }


def _made(run: Run, tag: str, row: Row, labels: Labels, reader: Reader, reference: str) -> Found:
    known = [
        other for other in (*run.before.images, *run.after.images) if text(other, "Id") != text(row, "Id")
    ]
    older = [
        other for other in known if any(text(other, "Id") == text(old, "Id") for old in run.before.images)
    ]
    base = images.base_of(row, older)
    for (aspect, item), value in images.image_facts(row, base, labels).items():
        yield Spot(f"image.{aspect}", tag, item), value
    files = contents_of(run).images
    for (aspect, item), value in images.file_facts(files.get(text(row, "Id"), ()), reader, reference).items():
        if not item.endswith(_NOISE):
            yield Spot(f"image.{aspect}", tag, item), value
    yield Spot("image.source", tag), _source(run, row, labels)


def _source(run: Run, row: Row, labels: Labels) -> str:
    committed = text(row, "Container") or text(row, "ContainerConfig", "Hostname")
    for event in run.events:
        if event.kind == "container" and event.action == "commit":
            made = dict(event.attributes).get("imageID", "")
            if (made and made == text(row, "Id")) or (
                not made and committed and event.subject.startswith(committed)
            ):
                return f"container {labels.containers.get(event.subject, '')}"
    return ""


def _volumes(run: Run, labels: Labels, reader: Reader, scripts: tuple[str, ...]) -> Found:
    was = {text(row, "Name"): row for row in run.before.volumes}
    now = {text(row, "Name"): row for row in run.after.volumes}
    for name in sorted(set(was) - set(now)):
        yield Spot("volume.removed", labels.volumes.get(name, name)), "yes"
    for name in sorted(set(now) - set(was)):
        if not is_anonymous(name):
            yield Spot("volume.exists", name), "yes"
            yield Spot("volume.driver", name), text(now[name], "Driver").replace("local", "")
            for key, value in pairs(now[name], "Labels"):
                yield Spot("volume.label", name, key), value or "(empty)"
            for key, value in pairs(now[name], "Options"):
                yield Spot("volume.option", name, key), value
    for name in sorted(now):
        yield from _volume_files(run, name, labels.volumes.get(name, name))


def _volume_files(run: Run, name: str, label: str) -> Found:
    was, now = dict(run.before.volume_files.get(name, ())), dict(run.after.volume_files.get(name, ()))
    for path in sorted(now):
        if was.get(path) != now[path]:
            yield Spot("volume.file", label, path), now[path] or "there"
    for path in sorted(set(was) - set(now)):
        yield Spot("volume.deleted", label, path), "deleted"


def _networks(run: Run, labels: Labels, reader: Reader, scripts: tuple[str, ...]) -> Found:
    was = {text(row, "Name") for row in run.before.networks}
    now = {text(row, "Name"): row for row in run.after.networks}
    for name in sorted(was - set(now)):
        yield Spot("network.removed", name), "yes"
    for name in sorted(set(now) - was - BUILT_IN_NETWORKS):
        row = now[name]
        yield Spot("network.exists", name), "yes"
        yield Spot("network.driver", name), text(row, "Driver").replace("bridge", "")
        yield Spot("network.internal", name), "yes" if truth(row, "Internal") else ""
        for pool in items(row, "IPAM", "Config"):
            for key in ("Subnet", "Gateway", "IPRange"):
                if text(pool, key) and any(text(pool, key) in script for script in scripts):
                    yield Spot("network.subnet", name, key), text(pool, key)
        for key, value in pairs(row, "Labels"):
            yield Spot("network.label", name, key), value or "(empty)"
        for key, value in pairs(row, "Options"):
            yield Spot("network.option", name, key), value


def _logins(run: Run, labels: Labels, reader: Reader, scripts: tuple[str, ...]) -> Found:
    was, now = run.before.logins, run.after.logins
    for registry in sorted(set(was) - set(now)):
        yield Spot("client.logout", registry), "yes"
    for registry in sorted(now):
        if now[registry] != was.get(registry):
            yield Spot("client.login", registry), _who(now[registry])


def _who(kept: str) -> str:
    """Give the `user:password` that the client keeps in base64."""
    try:
        return base64.b64decode(kept, validate=True).decode("utf-8", "replace")
    except ValueError:
        return kept
