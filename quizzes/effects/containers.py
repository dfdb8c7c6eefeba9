"""What a container is beyond its image's and the engine's defaults, as comparable facts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sandboxes.effects import OOM_SCORE_ADJ

from . import names
from .labels import BUILT_IN_NETWORKS, Labels, container_name
from .reading import dig, items, number, pairs, table, text, texts, truth

#: (aspect without "container.", item) -> value; a default is left out
Facts = dict[tuple[str, str], str]
Row = Mapping[str, Any]

#: The value of a mount that is a volume of the container's own without a name.
ANONYMOUS = "anonymous volume"

#: Options every tmpfs has without being asked for.
_TMPFS_DEFAULTS = frozenset({"", "rw", "nosuid", "nodev", "noexec"})
#: The span over which the engine shares processors out, in microseconds, where nobody says.
_ENGINE_PERIOD = 100_000
_ENGINE_SHM = 64 * 1024 * 1024
_LIMITS = {
    "Memory": 0,
    "NanoCpus": 0,
    "CpuShares": 0,
    "CpuQuota": 0,
    "CpuPeriod": 0,
    "CpusetCpus": "",
    "PidsLimit": 0,
    "BlkioWeight": 0,
    "MemoryReservation": 0,
}
_LISTS = {
    "capability": ("CapAdd", "CapDrop"),
    "hosts": ("ExtraHosts",),
    "dns": ("Dns", "DnsSearch", "DnsOptions"),
    "security": ("SecurityOpt", "GroupAdd"),
}


def container_facts(row: dict[str, Any], image: dict[str, Any], labels: Labels) -> Facts:
    """Describe one container. `image` is its image's inspect JSON, empty when it is gone."""
    facts: Facts = {}
    for part in (_identity, _process, _environment, _ports, _mounts, _networks, _host, _state):
        facts.update((key, value) for key, value in part(row, image, labels) if value)
    return facts


Pairs = Iterator[tuple[tuple[str, str], str]]


def _identity(row: dict[str, Any], image: dict[str, Any], labels: Labels) -> Pairs:
    yield ("image", ""), image_value(row, labels)
    yield ("name", ""), container_name(row)
    config = table(row, "Config")
    if not text(row, "Id").startswith(text(config, "Hostname") or "-"):
        yield ("hostname", ""), text(config, "Hostname")
    for key, value in _beyond(table(config, "Labels"), table(image, "Config", "Labels")):
        yield ("label", key), value or "(empty)"


def image_value(row: dict[str, Any], labels: Labels) -> str:
    """Say which image a container was made from: by the name it was given, or `id TAG` when by id."""
    given = text(row, "Config", "Image")
    if not given or names.looks_like_id(given):
        return f"id {labels.images.get(text(row, 'Image'), 'unknown')}"
    return names.image_name(given)


def image_by_id(row: dict[str, Any], labels: Labels) -> str:
    """Give the form `image_value` would have, had the image been named by its id."""
    return f"id {labels.images.get(text(row, 'Image'), 'unknown')}"


def _process(row: dict[str, Any], image: dict[str, Any], labels: Labels) -> Pairs:
    config, own = table(row, "Config"), table(image, "Config")
    entrypoint = names.command_line(texts(config, "Entrypoint"))
    if entrypoint != names.command_line(texts(own, "Entrypoint")):
        yield ("entrypoint", ""), entrypoint or "(none)"
    if names.command_line(texts(config, "Cmd")) != names.command_line(texts(own, "Cmd")):
        yield ("command", ""), whole_command(row) or "(none)"
    if _user(text(config, "User")) != _user(text(own, "User")):
        yield ("user", ""), text(config, "User") or "root"
    if (text(config, "WorkingDir") or "/") != (text(own, "WorkingDir") or "/"):
        yield ("workdir", ""), text(config, "WorkingDir").rstrip("/") or "/"
    if names.signal_name(text(config, "StopSignal") or "TERM") != names.signal_name(
        text(own, "StopSignal") or "TERM"
    ):
        yield ("option", "stop-signal"), names.signal_name(text(config, "StopSignal"))
    if dig(config, "StopTimeout") is not None:
        yield ("option", "stop-timeout"), text(config, "StopTimeout")
    if dig(config, "Healthcheck") != dig(own, "Healthcheck"):
        yield ("option", "health"), json.dumps(dig(config, "Healthcheck"), sort_keys=True)
    if is_shell(whole_command(row)) and truth(config, "Tty"):
        yield ("tty", ""), "yes"


def whole_command(row: dict[str, Any]) -> str:
    """Give the command a container runs, its image's entrypoint included."""
    words = [*texts(row, "Config", "Entrypoint"), *texts(row, "Config", "Cmd")]
    return names.command_line(words)


def is_shell(command: str) -> bool:
    """Tell whether a command is a bare shell, which ends at once where it has no terminal."""
    return command in ("sh", "bash", "ash", "dash")


def _user(user: str) -> str:
    return "" if user in ("0", "root", "0:0", "root:root") else user


def _environment(row: dict[str, Any], image: dict[str, Any], labels: Labels) -> Pairs:
    own = set(texts(image, "Config", "Env"))
    for entry in texts(row, "Config", "Env"):
        if entry not in own:
            key, _, value = entry.partition("=")
            yield ("env", key), value or "(empty)"


def _ports(row: dict[str, Any], image: dict[str, Any], labels: Labels) -> Pairs:
    host = table(row, "HostConfig")
    bindings = table(host, "PortBindings")
    exposed = table(row, "Config", "ExposedPorts")
    for port in sorted(exposed):
        if port not in bindings and port not in table(image, "Config", "ExposedPorts"):
            yield ("expose", port), "yes"
        if port not in bindings and truth(host, "PublishAllPorts"):
            yield ("port", port), "random"
    for port in sorted(bindings):
        yield (
            ("port", port),
            ", ".join(sorted(_binding(entry) for entry in items(bindings, port)) or ["random"]),
        )


def _binding(entry: Any) -> str:
    address, port = text(entry, "HostIp"), text(entry, "HostPort")
    port = "random" if port in ("", "0") else port
    return port if address in ("", "0.0.0.0", "::") else f"{address}:{port}"


def _mounts(row: dict[str, Any], image: dict[str, Any], labels: Labels) -> Pairs:
    declared = {path.rstrip("/") for path in table(image, "Config", "Volumes")}
    owner = labels.containers.get(text(row, "Id"), "?")
    for mount in items(row, "Mounts"):
        target = text(mount, "Destination").rstrip("/") or "/"
        value = _mounted(mount, owner, labels)
        if not (value == ANONYMOUS and target in declared):
            yield ("mount", target), value + (" (read-only)" if dig(mount, "RW") is False else "")
    for target, options in pairs(row, "HostConfig", "Tmpfs"):
        chosen = sorted(set(options.split(",")) - _TMPFS_DEFAULTS)
        yield ("mount", target.rstrip("/")), f"tmpfs {','.join(chosen)}".strip()


def _mounted(mount: Any, owner: str, labels: Labels) -> str:
    kind = text(mount, "Type")
    if kind != "volume":
        return f"{kind} {text(mount, 'Source')}".strip()
    label = labels.volumes.get(text(mount, "Name"), text(mount, "Name"))
    if label == f"*{owner}:{text(mount, 'Destination')}":
        return ANONYMOUS
    return f"{kind} {label}"


def _networks(row: dict[str, Any], image: dict[str, Any], labels: Labels) -> Pairs:
    mode = text(row, "HostConfig", "NetworkMode")
    if mode in ("host", "none"):
        yield ("mode", ""), mode
        return
    if mode.startswith("container:"):
        yield ("mode", ""), f"container {labels.container(mode.removeprefix('container:'))}"
        return
    joined = table(row, "NetworkSettings", "Networks")
    if "bridge" not in joined and "default" not in joined:
        yield ("network", "bridge"), "not joined"
    for network in sorted(joined):
        if network not in BUILT_IN_NETWORKS:
            yield ("network", network), "joined"
        yield from _endpoint(network, joined[network], row)


def _endpoint(network: str, endpoint: Any, row: dict[str, Any]) -> Pairs:
    known = {text(row, "Id")[:12], container_name(row), text(row, "Config", "Hostname")}
    for alias in texts(endpoint, "Aliases"):
        if alias not in known:
            yield ("alias", f"{network} {alias}"), "yes"
    yield ("address", network), text(endpoint, "IPAMConfig", "IPv4Address")


def _host(row: dict[str, Any], image: dict[str, Any], labels: Labels) -> Pairs:
    host = table(row, "HostConfig")
    yield ("restart", ""), _restart(host)
    yield ("autoremove", ""), "yes" if truth(host, "AutoRemove") else ""
    yield ("privileged", ""), "yes" if truth(host, "Privileged") else ""
    yield ("readonly", ""), "yes" if truth(host, "ReadonlyRootfs") else ""
    yield ("option", "init"), "yes" if truth(host, "Init") else ""
    for aspect, fields in _LISTS.items():
        for name in fields:
            for entry in texts(host, name):
                yield (aspect, f"{name} {entry.removeprefix('CAP_')}"), "yes"
    for link in texts(host, "Links"):
        source, _, alias = link.partition(":")
        yield ("link", labels.container(source.strip("/"))), alias.rsplit("/", 1)[-1]
    yield from _limits(host)
    yield from _options(host, labels)


def _restart(host: dict[str, Any]) -> str:
    name, count = text(host, "RestartPolicy", "Name"), number(host, "RestartPolicy", "MaximumRetryCount")
    if name in ("", "no"):
        return ""
    return f"{name}:{count}" if count else name


def _in_processors(host: dict[str, Any]) -> dict[str, Any]:
    """Write a share of time as `--cpus` does: a quota of half the period is half a processor."""
    quota, period = number(host, "CpuQuota"), number(host, "CpuPeriod") or _ENGINE_PERIOD
    if quota <= 0:
        return host
    return {**host, "NanoCpus": quota * 10**9 // period, "CpuQuota": 0, "CpuPeriod": 0}


def _limits(host: dict[str, Any]) -> Pairs:
    for name, default in _LIMITS.items():
        value = dig(_in_processors(host), name)
        if value not in (default, None, -1):
            yield ("limit", name), str(value)
    if (oom := number(host, "OomScoreAdj")) > OOM_SCORE_ADJ:
        yield ("limit", "OomScoreAdj"), str(oom)
    swap = number(host, "MemorySwap")
    if swap not in (0, 2 * number(host, "Memory")):  # twice the memory is what the engine sets by itself
        yield ("limit", "MemorySwap"), "unlimited" if swap < 0 else str(swap)
    for limit in items(host, "Ulimits"):
        yield ("limit", f"ulimit {text(limit, 'Name')}"), f"{text(limit, 'Soft')}:{text(limit, 'Hard')}"
    if number(host, "ShmSize") not in (0, _ENGINE_SHM):
        yield ("limit", "shm-size"), text(host, "ShmSize")


def _options(host: dict[str, Any], labels: Labels) -> Pairs:
    for name in ("PidMode", "UTSMode", "UsernsMode"):
        yield ("namespace", name), text(host, name)
    ipc = text(host, "IpcMode")
    if ipc not in ("", "private", "shareable"):
        yield ("namespace", "IpcMode"), ipc
    if text(host, "LogConfig", "Type") not in ("", "json-file"):
        yield ("option", "log-driver"), text(host, "LogConfig", "Type")
    for key, value in pairs(host, "LogConfig", "Config"):
        if key not in ("max-size", "max-file"):
            yield ("option", f"log {key}"), value
    for key, value in pairs(host, "Sysctls"):
        yield ("option", f"sysctl {key}"), value
    for device in items(host, "Devices"):
        yield ("device", text(device, "PathInContainer")), text(device, "PathOnHost")


def _state(row: dict[str, Any], image: dict[str, Any], labels: Labels) -> Pairs:
    status = text(row, "State", "Status")
    if number(row, "RestartCount") and status == "running":
        status = (
            "restarting"  # a container that ends and is started again is seen at a random moment of its round
        )
    yield ("state", ""), status
    if status == "exited":
        yield ("exit", ""), text(row, "State", "ExitCode") or "0"


def _beyond(own: dict[str, Any], base: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for key in sorted(own):
        if own[key] != base.get(key):
            yield key, text(own, key)
