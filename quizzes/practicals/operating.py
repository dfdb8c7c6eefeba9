"""Tasks from the commands that work on containers, images, volumes and networks that exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from notes import grammar
from quizzes.practicals.parts import NotATaskError, Task, image_of, is_slot, name_of, seconds_of
from quizzes.practicals.phrases import Phrases

_ALL = re.compile(
    r"^(?:\$\(|`)\s*docker (?:ps|container ls|images|image ls)(?P<options>(?: -\S+)*)\s*(?:\)|`)$"
)
_FILE = re.compile(r"[\w.-]+\.(?:tar\.gz|tgz|tar)\b")
_TARGET = re.compile(r"^[a-z0-9][\w./-]*(?::[\w.-]+)?$")
#: A server for tasks that need a running container, and one that does not listen to SIGTERM, so that
#: waiting shows.
SERVER = "nginx"
STUBBORN = "busybox sh -c 'trap \"\" TERM; while :; do sleep 1; done'"
_WRITTEN = "sh -c 'echo hello > /hello.txt'"


def _running(name: str) -> str:
    return f"docker run -d --name {name} {SERVER}"


def _written(name: str) -> str:
    """A stopped container with a file of its own."""
    return f"docker run --name {name} ubuntu {_WRITTEN}"


class Line:
    """A parsed line and what is asked of it: options by their long spelling, operands, the text around it."""

    def __init__(self, parsed: grammar.ParsedCommand) -> None:
        self.name, self.text = parsed.name, parsed.line
        self.options: dict[str, str] = {}
        for given in parsed.options:
            option = grammar.find_option(parsed.name, given.flag)
            self.options[max(option.flags, key=len) if option else given.flag] = given.value
        self.operands = parsed.arguments

    def operand(self, place: int = 0) -> str:
        if place >= len(self.operands):
            raise NotATaskError(f"{self.name} stands without what it works on")
        return self.operands[place]

    def only(self, *known: str) -> None:
        """Refuse options a task does not tell."""
        for option in self.options:
            if option not in known:
                raise NotATaskError(f"the option {option} of {self.name} cannot be told in a task")

    def everything(self) -> str | None:
        """The options of the inner `docker ps` when the line works on all its containers: "-aq"; None when
        it names them.
        """
        found = _ALL.match(self.operands[0]) if self.operands else None
        return found["options"] if found else None


def _start(line: Line, phrases: Phrases) -> Task:
    line.only("--attach", "--interactive")
    name = name_of(line.operand())
    return _task(phrases, "start", f"docker create --name {name} {SERVER}", f"docker start {name}", name=name)


def _stop(line: Line, phrases: Phrases) -> Task:
    line.only("--timeout", "--time")
    if line.everything() is not None:
        setup = "\n".join(
            f"docker run -d --name {name} {image}" for name, image in (("web", "nginx"), ("app", "tomcat"))
        )
        return _task(phrases, "stop_all", setup, "docker stop $(docker ps -q)")
    name, seconds = name_of(line.operand()), line.options.get("--timeout", line.options.get("--time"))
    if seconds is None:
        return _task(phrases, "stop", _running(name), f"docker stop {name}", name=name)
    seconds = seconds_of(seconds)
    return _task(
        phrases,
        "stop_time",
        f"docker run -d --name {name} {STUBBORN}",
        f"docker stop -t {seconds} {name}",
        name=name,
        seconds=seconds,
    )


def _restart(line: Line, phrases: Phrases) -> Task:
    line.only("--timeout", "--time")
    name, seconds = name_of(line.operand()), line.options.get("--timeout", line.options.get("--time"))
    if seconds is None:
        return _task(phrases, "restart", _running(name), f"docker restart {name}", name=name)
    seconds = seconds_of(seconds)
    return _task(
        phrases,
        "restart_time",
        f"docker run -d --name {name} {STUBBORN}",
        f"docker restart -t {seconds} {name}",
        name=name,
        seconds=seconds,
    )


def _kill(line: Line, phrases: Phrases) -> Task:
    line.only("--signal")
    name, signal = name_of(line.operand()), line.options.get("--signal", "")
    if signal and not is_slot(signal.lower()) and signal.upper().removeprefix("SIG") != "KILL":
        return _task(
            phrases,
            "kill_signal",
            _running(name),
            f"docker kill -s {signal} {name}",
            name=name,
            signal=signal,
        )
    return _task(phrases, "kill", _running(name), f"docker kill {name}", name=name)


def _rm(line: Line, phrases: Phrases) -> Task:
    line.only("--force", "--volumes")
    force = "--force" in line.options
    if line.everything() is not None:
        stopped = "docker create --name old busybox\ndocker create --name older ubuntu"
        if force:
            return _task(
                phrases, "rm_all_force", f"{_running('web')}\n{stopped}", "docker rm -f $(docker ps -aq)"
            )
        return _task(phrases, "rm_all", stopped, "docker rm $(docker ps -aq)")
    name = name_of(line.operand(), "web" if force else "old")
    if "--volumes" in line.options:
        return _task(
            phrases,
            "rm_volumes",
            f"docker create --name {name} -v /data busybox",
            f"docker rm -v {name}",
            name=name,
        )
    if force:
        return _task(phrases, "rm_force", _running(name), f"docker rm -f {name}", name=name)
    return _task(phrases, "rm", f"docker create --name {name} busybox", f"docker rm {name}", name=name)


def _rmi(line: Line, phrases: Phrases) -> Task:
    line.only("--force")
    if line.everything() is not None:
        raise NotATaskError("a task that deletes every image would teach a dangerous habit")
    image = "demo:v1"
    if "--force" in line.options:
        setup = f"docker tag busybox {image}\ndocker create --name keep {image}"
        return _task(phrases, "rmi_force", setup, f"docker rmi -f {image}", image=image)
    line.operand()
    return _task(phrases, "rmi", f"docker tag busybox {image}", f"docker rmi {image}", image=image)


def _tag(line: Line, phrases: Phrases) -> Task:
    image, target = _existing(line.operand()), _target(line.operand(1), "demo:v2")
    return _task(phrases, "tag", "", f"docker tag {image} {target}", image=image, target=target)


def _commit(line: Line, phrases: Phrases) -> Task:
    line.only("--author", "--message", "--pause")
    name, target = (
        name_of(line.operand()),
        _target(line.operands[1] if len(line.operands) > 1 else "", "demo:v1"),
    )
    told = [
        (flag, word)
        for flag, word in (("--author", "author"), ("--message", "message"))
        if line.options.get(flag)
    ]
    options = " ".join(f"{flag} '{line.options[flag]}'" for flag, _ in told)
    reference = " ".join(part for part in ("docker commit", options, name, target) if part)
    if told:
        more = phrases.simple(told[0][1], v=line.options[told[0][0]])
        return _task(phrases, "commit_more", _written(name), reference, name=name, target=target, more=more)
    return _task(phrases, "commit", _written(name), reference, name=name, target=target)


def _volume_create(line: Line, phrases: Phrases) -> Task:
    line.only("--name")
    name = name_of(line.options.get("--name") or (line.operands[0] if line.operands else "NAME"), "data")
    return _task(phrases, "volume_create", "", f"docker volume create {name}", name=name)


def _volume_rm(line: Line, phrases: Phrases) -> Task:
    name = name_of(line.operands[0] if line.operands else "NAME", "data")
    return _task(phrases, "volume_rm", f"docker volume create {name}", f"docker volume rm {name}", name=name)


def _network_create(line: Line, phrases: Phrases) -> Task:
    line.only("--driver")
    name, driver = (
        name_of(line.operands[0] if line.operands else "NAME", "net"),
        line.options.get("--driver", ""),
    )
    if driver == "bridge":
        return _task(
            phrases,
            "network_create_driver",
            "",
            f"docker network create -d bridge {name}",
            name=name,
            driver=driver,
        )
    if driver:
        raise NotATaskError(f"the sandbox has no network driver {driver}")
    return _task(phrases, "network_create", "", f"docker network create {name}", name=name)


def _network_rm(line: Line, phrases: Phrases) -> Task:
    name = name_of(line.operands[0] if line.operands else "NAME", "net")
    return _task(
        phrases, "network_rm", f"docker network create {name}", f"docker network rm {name}", name=name
    )


def _network_connect(line: Line, phrases: Phrases) -> Task:
    line.only()
    network, name = name_of(line.operands[0] if line.operands else "NETWORK", "net"), "web"
    setup = f"docker network create {network}\n{_running(name)}"
    return _task(
        phrases,
        "network_connect",
        setup,
        f"docker network connect {network} {name}",
        name=name,
        network=network,
    )


def _network_disconnect(line: Line, phrases: Phrases) -> Task:
    line.only("--force")
    network, name = name_of(line.operands[0] if line.operands else "NETWORK", "net"), "web"
    setup = f"docker network create {network}\ndocker run -d --name {name} --network {network} {SERVER}"
    return _task(
        phrases,
        "network_disconnect",
        setup,
        f"docker network disconnect {network} {name}",
        name=name,
        network=network,
    )


def _exec(line: Line, phrases: Phrases) -> Task:
    """An interactive shell leaves nothing to compare: the task runs a command that leaves a file instead."""
    line.only("--interactive", "--tty", "--detach")
    name, inside = name_of(line.operand()), "touch /tmp/hello"
    what, flag = ("exec_detached", "-d ") if "--detach" in line.options else ("exec", "")
    return _task(phrases, what, _running(name), f"docker exec {flag}{name} {inside}", name=name, line=inside)


def _cp(line: Line, phrases: Phrases) -> Task:
    line.only()
    source, target = line.operand(), line.operand(1)
    if ":" in source and ":" not in target:
        name = name_of(source.partition(":")[0])
        return _task(
            phrases, "cp_out", _written(name), f"docker cp {name}:/hello.txt .", name=name, path="/hello.txt"
        )
    if ":" in target:
        name = name_of(target.partition(":")[0])
        setup = f"docker create --name {name} ubuntu\necho hello > note.txt"
        return _task(
            phrases,
            "cp_in",
            setup,
            f"docker cp note.txt {name}:/tmp",
            name=name,
            path="/tmp",
            file="note.txt",
        )
    raise NotATaskError("the line does not say which side is the container")


def _export(line: Line, phrases: Phrases) -> Task:
    line.only("--output")
    name, file = name_of(line.operand()), _file(line.text)
    return _task(phrases, "export", _written(name), f"docker export {name} > {file}", name=name, file=file)


def _import(line: Line, phrases: Phrases) -> Task:
    line.only()
    target, file = _target(line.operands[1] if len(line.operands) > 1 else "", "demo:v1"), _file(line.text)
    setup = f"docker run --name source busybox {_WRITTEN}\ndocker export source > {file}\ndocker rm source"
    return _task(phrases, "import", setup, f"cat {file} | docker import - {target}", file=file, target=target)


def _save(line: Line, phrases: Phrases) -> Task:
    line.only("--output")
    image, file = "busybox", _file(line.text)
    return _task(phrases, "save", "", f"docker save -o {file} {image}", image=image, file=file)


def _load(line: Line, phrases: Phrases) -> Task:
    line.only("--input")
    file = _file(line.text)
    setup = f"docker tag busybox demo:v1\ndocker save -o {file} demo:v1\ndocker rmi demo:v1"
    return _task(phrases, "load", setup, f"docker load -i {file}", file=file)


def _rename(line: Line, phrases: Phrases) -> Task:
    name, target = name_of(line.operand(), "old"), name_of(line.operand(1), "web")
    return _task(
        phrases,
        "rename",
        f"docker create --name {name} nginx",
        f"docker rename {name} {target}",
        name=name,
        target=target,
    )


def _pull(line: Line, phrases: Phrases) -> Task:
    line.only()
    image = _existing(line.operand())
    return _task(phrases, "pull", f"docker rmi -f {image}", f"docker pull {image}", image=image)


def _pause(line: Line, phrases: Phrases) -> Task:
    name = name_of(line.operand())
    return _task(phrases, "pause", _running(name), f"docker pause {name}", name=name)


def _unpause(line: Line, phrases: Phrases) -> Task:
    name = name_of(line.operand())
    return _task(
        phrases, "unpause", f"{_running(name)}\ndocker pause {name}", f"docker unpause {name}", name=name
    )


def _task(phrases: Phrases, what: str, setup: str, reference: str, **names: str) -> Task:
    return Task(phrases.simple(what, **names), setup, reference, "")


def _existing(word: str) -> str:
    """An image by its full name, so that a task can say which tag is meant."""
    image = image_of(word)
    return image if ":" in image or ":latest" not in word else f"{image}:latest"


def _target(word: str, instead: str) -> str:
    """A new image's name; placeholders become a plain one."""
    parts = re.split(r"[/:]", word)
    placeholder = not _TARGET.match(word) or any(
        part.isupper() or part in ("tag", "image") or is_slot(part) for part in parts
    )
    return instead if placeholder or any("image" in part for part in parts) else word


def _file(text: str) -> str:
    found = _FILE.search(text)
    return re.sub(r"\.(?:tar\.gz|tgz)$", ".tar", found.group()) if found else "backup.tar"


OPERATIONS: Mapping[str, Callable[[Line, Phrases], Task]] = {
    "docker start": _start,
    "docker stop": _stop,
    "docker restart": _restart,
    "docker kill": _kill,
    "docker rm": _rm,
    "docker rmi": _rmi,
    "docker tag": _tag,
    "docker commit": _commit,
    "docker volume create": _volume_create,
    "docker volume rm": _volume_rm,
    "docker network create": _network_create,
    "docker network rm": _network_rm,
    "docker network connect": _network_connect,
    "docker network disconnect": _network_disconnect,
    "docker exec": _exec,
    "docker cp": _cp,
    "docker export": _export,
    "docker import": _import,
    "docker save": _save,
    "docker load": _load,
    "docker rename": _rename,
    "docker pull": _pull,
    "docker pause": _pause,
    "docker unpause": _unpause,
}
