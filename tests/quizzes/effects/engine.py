"""A small engine on paper: builds snapshots in the JSON that Docker 26 gives, for tests without an engine."""

from __future__ import annotations

import copy
import hashlib
from dataclasses import replace
from typing import Any

from sandboxes.effects import Event, FileEntry, Run, Snapshot

Row = dict[str, Any]


def digits(*parts: object) -> str:
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()


def image(name: str, **config: Any) -> Row:
    identity = "sha256:" + digits("image", name)
    return {
        "Id": identity,
        "RepoTags": [name],
        "RepoDigests": [],
        "Parent": "",
        "Comment": "",
        "Author": "",
        "Size": 1_400_000,
        "Config": {
            "Env": ["PATH=/bin"],
            "Cmd": ["sh"],
            "Entrypoint": None,
            "User": "",
            "WorkingDir": "",
            "Labels": None,
            "ExposedPorts": {},
            "Volumes": None,
            **config,
        },
        "RootFS": {
            "Type": "layers",
            "Layers": ["sha256:" + digits("busybox"), "sha256:" + digits("layer", name)],
        },
    }


IMAGES = {
    "tomcat:latest": image(
        "tomcat:latest",
        Cmd=["catalina.sh", "run"],
        ExposedPorts={"8080/tcp": {}},
        Env=["PATH=/bin", "CATALINA_HOME=/usr/local/tomcat"],
        WorkingDir="/usr/local/tomcat",
    ),
    "ubuntu:latest": image("ubuntu:latest", Cmd=["/bin/bash"]),
    "ubuntu:14.04": image("ubuntu:14.04", Cmd=["/bin/bash"]),
    "mysql:latest": image("mysql:latest", Cmd=["mysqld"], Volumes={"/var/lib/mysql": {}}),
}


class Engine:
    """One sandbox's engine; `seed` makes its ids, addresses and times its own."""

    def __init__(self, seed: int = 0) -> None:
        self.seed, self.count = seed, 0
        self.containers: dict[str, Row] = {}
        self.images = copy.deepcopy(IMAGES)
        self.volumes: dict[str, Row] = {}
        self.volume_files: dict[str, tuple[tuple[str, str], ...]] = {}
        self.networks: dict[str, Row] = {}
        self.files: dict[str, FileEntry] = {}
        self.changes: dict[str, tuple[tuple[str, str], ...]] = {}
        self.logs: dict[str, str] = {}
        self.logins: dict[str, str] = {}
        self.events: list[Event] = []
        self.clock = 0.0
        self.output = ""
        self.before = self.snapshot()
        for name in ("bridge", "host", "none"):
            self.network(name)
        self.begin()

    def begin(self) -> None:
        """The setup is over: what follows is the script."""
        self.events, self.clock, self.output = [], 0.0, ""
        self.before = self.snapshot()

    def run(
        self,
        name: str = "",
        of: str = "tomcat",
        cmd: list[str] | None = None,
        *,
        status: str = "running",
        **more: Any,
    ) -> str:
        """Make a container; `more` are keys of HostConfig or Config."""
        self.count += 1
        identity, base = (
            digits("container", self.seed, self.count),
            self.images[of if ":" in of else f"{of}:latest"],
        )
        config = {
            **copy.deepcopy(base["Config"]),
            "Image": of,
            "Hostname": identity[:12],
            "Tty": False,
            "OpenStdin": False,
            "Labels": {},
        }
        host: Row = {
            "NetworkMode": "default",
            "PortBindings": {},
            "PublishAllPorts": False,
            "AutoRemove": False,
            "RestartPolicy": {"Name": "no", "MaximumRetryCount": 0},
            "Memory": 0,
            "NanoCpus": 0,
            "Privileged": False,
            "CapAdd": None,
            "ShmSize": 67108864,
            "IpcMode": "private",
            "LogConfig": {"Type": "json-file", "Config": {}},
        }
        for key, value in more.items():
            (config if key in config or key in ("StopTimeout",) else host)[key] = value
        if cmd is not None:
            config["Cmd"] = cmd
        if "env" in more:
            config["Env"] = [*config["Env"], *more["env"]]
        words = [*(config["Entrypoint"] or []), *(config["Cmd"] or [])]
        self.containers[identity] = {
            "Id": identity,
            "Name": "/" + (name or self._invent()),
            "Created": self._time(),
            "Path": words[0],
            "Args": words[1:],
            "Image": base["Id"],
            "RestartCount": 0,
            "Config": config,
            "HostConfig": host,
            "Mounts": [],
            "State": {
                "Status": status,
                "ExitCode": 0,
                "StartedAt": self._time(),
                "Pid": 100 * self.count + self.seed,
            },
            "NetworkSettings": {
                "Ports": {},
                "Networks": {
                    "bridge": {
                        "IPAddress": f"172.17.0.{self.count + 1 + self.seed}",
                        "MacAddress": f"02:42:ac:11:00:{self.count + 1 + self.seed:02x}",
                        "Aliases": None,
                        "NetworkID": digits("net", self.seed, "bridge"),
                    }
                },
            },
        }
        for target in config.get("Volumes") or {}:
            self.mount(identity, target)
        self._say("create", identity)
        if status != "created":
            self._say("start", identity)
        if status == "exited":
            self._say("die", identity, exitCode="0")
        return identity

    def mount(self, identity: str, target: str, volume: str = "", *, write: bool = True) -> None:
        name = volume or digits("volume", self.seed, identity, target)
        self.volume(name)
        self.containers[identity]["Mounts"].append(
            {
                "Type": "volume",
                "Name": name,
                "Source": f"/data/volumes/{name}/_data",
                "Destination": target,
                "RW": write,
            }
        )

    def volume(self, name: str, files: tuple[tuple[str, str], ...] = ()) -> None:
        self.volumes.setdefault(name, {"Name": name, "Driver": "local", "Labels": None, "Options": None})
        if files:
            self.volume_files[name] = files

    def network(self, name: str, **more: Any) -> None:
        self.networks[name] = {
            "Id": digits("net", self.seed, name),
            "Name": name,
            "Driver": "bridge",
            "Internal": False,
            "Labels": {},
            "Options": {},
            "IPAM": {"Config": [{"Subnet": "172.18.0.0/16"}]},
            **more,
        }

    def connect(self, identity: str, network: str) -> None:
        self.containers[identity]["NetworkSettings"]["Networks"][network] = {"IPAddress": "", "Aliases": None}

    def stop(self, identity: str, *signals: tuple[str, float], code: int = 0) -> None:
        """End a container by (signal, seconds waited before it)…"""
        for signal, wait in signals or (("15", 0.0),):
            self.clock += wait
            self._say("kill", identity, signal=signal)
        self._say("die", identity, exitCode=str(code))
        self.containers[identity]["State"].update(Status="exited", ExitCode=code, Pid=0)

    def start(self, identity: str) -> None:
        self._say("start", identity)
        self.containers[identity]["State"].update(
            Status="running", StartedAt=self._time(), Pid=900 + self.seed
        )

    def remove(self, identity: str) -> None:
        self._say("destroy", identity)
        del self.containers[identity]

    def execute(self, identity: str, command: str) -> None:
        self._say(f"exec_start: {command}", identity)

    def tag(self, source: str, target: str) -> None:
        self.images[source]["RepoTags"].append(target)

    def write(self, path: str, text: str) -> None:
        self.files[path] = FileEntry(path, "file", 0o644, len(text), digits(text), text)

    def say(self, text: str) -> None:
        self.output += text + "\n"

    def snapshot(self) -> Snapshot:
        rows = copy.deepcopy(
            (
                tuple(self.containers.values()),
                tuple(self.images.values()),
                tuple(self.volumes.values()),
                tuple(self.networks.values()),
            )
        )
        return Snapshot(
            rows[0],
            dict(self.changes),
            dict(self.logs),
            rows[1],
            rows[2],
            dict(self.volume_files),
            rows[3],
            tuple(self.files.values()),
            dict(self.logins),
        )

    def done(self, **more: Any) -> Run:
        run = Run(
            self.before,
            self.snapshot(),
            tuple(self.events),
            (),
            self.output,
            False,
            0,
            self.clock,
            "done",
            "Docker 26.1.5",
        )
        return replace(run, **more) if more else run

    def _invent(self) -> str:
        words = ("silly", "upbeat", "frosty", "happy", "brave"), ("hugle", "beaver", "kirch", "curie", "bohr")
        return f"{words[0][(self.seed + self.count) % 5]}_{words[1][(self.seed * 2 + self.count) % 5]}"

    def _time(self) -> str:
        return f"2026-01-{1 + self.seed:02d}T10:00:{self.count:02d}.{len(self.events):03d}Z"

    def _say(self, action: str, identity: str, **attributes: str) -> None:
        row = self.containers[identity]
        self.clock += 0.01
        said = {"image": row["Config"]["Image"], "name": row["Name"][1:], **attributes}
        self.events.append(Event(self.clock, "container", action, identity, tuple(sorted(said.items()))))
