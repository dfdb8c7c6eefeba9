"""Differences as sentences: which template fits a gap, and the two languages' templates behind one door."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from quizzes.questions import Difference

from . import wording_en, wording_zh
from .output import TIME
from .providers import PROVIDERS
from .spots import Spot

_LONG = 80
#: The hint of a gap whose container was removed and made anew.
REPLACED = "replaced"
_BOUNDARY = re.compile(r"(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")
#: Of an output, where an error is looked for: its last lines, and the start of each.
_LAST_LINES, _LINE_START = 200, 300
_ERROR = re.compile(
    r"^.*?((?:docker: )?Error response from daemon: .+|Error: .+|unknown (?:shorthand )?flag: .+"
    r"|unknown command: .+|\"docker .+\" (?:requires|accepts) .+|docker: '.+' is not a docker command.*"
    r"|.+: (?:command )?not found"
    r"|ERROR: .+|docker: .+)$"
)
_TABLES = {"en": wording_en, "zh": wording_zh}
_SHOWN = {aspect: shown for provider in PROVIDERS for aspect, shown in provider.shown.items()}


#: A name that is followed by Chinese text at once: "{who}的镜像".
_HAN_NEXT = re.compile(r"\{who\}(?=[一-鿿])")


@dataclass(frozen=True)
class Gap:
    """One goal, or one thing that should have been left alone, and what the answer has there."""

    spot: Spot
    expected: str  # "" where nothing should have changed
    found: str  # "" where nothing changed
    met: bool = False
    hint: str = ""  # what stands next door, see comparison
    ran: str = ""  # the command of the answer's container
    gone: bool = False  # the answer removed the container
    lacking: bool = False  # the answer has no such container


@dataclass(frozen=True)
class Wording:
    """One language's words."""

    language: str
    phrases: Mapping[str, str]
    what: Mapping[str, str]
    values: Mapping[str, str]
    separator: str  # between sentences

    def phrase(self, key: str, **parts: str) -> str:
        """Fill a template.

        :raise KeyError: there is no such template
        """
        return _filled(self.phrases[key], parts)

    def join(self, sentences: list[str]) -> str:
        return self.separator.join(sentences)

    def difference(self, gap: Gap) -> Difference:
        """Put one gap into words."""
        parts = {
            "who": self.who(gap.spot),
            "what": self.aspect(gap.spot),
            "item": gap.spot.item,
            "label": gap.spot.label,
            "expected": self.value(gap, gap.expected),
            "found": self.value(gap, gap.found),
            **_extras(gap),
        }
        key = "met" if gap.met else next(key for key in _keys(gap) if key in self.phrases)
        found = parts["found"] if gap.found or gap.met else self.values["nothing"]
        expected = parts["expected"] if gap.expected else self.values["unchanged"]
        return Difference(parts["what"], expected, found, self.spaced(self.phrase(key, **parts)), gap.met)

    def spaced(self, sentence: str) -> str:
        """Put a blank between Chinese and a name or number beside it, as print has it."""
        return _BOUNDARY.sub(" ", sentence) if self.language == "zh" else sentence

    def who(self, spot: Spot) -> str:
        """Name the object: `container web`, `the container of tomcat`, `image site:1`."""
        kind, label = spot.aspect.split(".", 1)[0], spot.label
        if kind == "container" and label.startswith("*"):
            image, _, count = label[1:].rpartition("#")
            return self.phrase(
                "who.unnamed" if count == "1" else "who.unnamed.more", image=short_image(image), count=count
            )
        if kind == "volume" and label.startswith("*"):
            owner, _, target = label[1:].partition(":")
            return self.phrase("who.volume.anonymous", owner=owner, target=target)
        return self.phrase(f"who.{kind}", label=label.lstrip("+"))

    def aspect(self, spot: Spot) -> str:
        """Name what is compared, for the first column of a table."""
        return _filled(self.what[spot.aspect], {"item": spot.item, "label": spot.label, "who": self.who(spot)})

    def value(self, gap: Gap, value: str) -> str:
        """Put a value into words."""
        if gap.spot.aspect == "container.port" and value:
            return self.values["random"] if value == "random" else value
        if gap.spot.aspect == "container.signals":
            return self._signals(value)
        if gap.spot.aspect in ("image.file", "container.file", "file.content", "file.changed", "volume.file"):
            return self._content(value)
        if gap.spot.aspect == "container.limit":
            return _limit(gap.spot.item, value)
        if gap.spot.aspect == "container.mount" and value.startswith("volume *"):
            label, blank, mode = value.removeprefix("volume ").partition(" ")
            return self.who(Spot("volume.exists", label)) + blank + mode
        if gap.spot.aspect in _SHOWN:
            value = _SHOWN[gap.spot.aspect](value)
        if value.startswith("id "):
            return short_image(value[3:])
        if gap.spot.aspect in ("container.image", "image.base", "container.passed"):
            return short_image(value)
        if gap.spot.aspect == "output.told":
            return shorten(value.replace("\n", " ⏎ "))
        return shorten(self.values.get(value, value))

    def _signals(self, value: str) -> str:
        words = value.split()
        if len(words) == 3 and words[2].isdigit():
            return self.phrase("signals.wait", first=words[0], seconds=words[2])
        return ", ".join(f"SIG{word}" for word in words) or self.values["no signal"]

    def _content(self, value: str) -> str:
        kind, _, rest = value.partition(" ")
        if kind == "text":
            return shorten(rest.replace("\n", " ⏎ ")).strip() or self.values["content"]
        if kind == "archive":
            names = ", ".join(_member(entry) for entry in rest.split(", "))
            return self.phrase("archive", names=shorten(names))
        if kind == "link":
            return shorten(rest)
        return self.values.get(value, self.values["content"] if value else "")

    def engine_error(self, output: str) -> str:
        """Quote the last error the engine or the shell gave, "" when there is none."""
        lines = output.split("\n")[-_LAST_LINES:]
        for place in reversed(range(len(lines))):
            if found := _ERROR.match(lines[place][:_LINE_START]):
                error = found[1].strip()
                if error.endswith(":") and place + 1 < len(lines):  # the reason stands on the next line
                    error = f"{error} {lines[place + 1].strip()}"
                return self.phrase("engine", error=shorten(error, 200))
        return ""


@cache
def wording(language: str) -> Wording:
    """Give a language's words: "zh" or "en"; any other is English."""
    module = _TABLES.get(language, wording_en)
    own = [provider.words[module.LANGUAGE] for provider in PROVIDERS if provider.words]
    return Wording(
        module.LANGUAGE,
        ChainMap(module.PHRASES, *(dict(words.phrases) for words in own)),
        ChainMap(module.WHAT, *(dict(words.what) for words in own)),
        ChainMap(module.VALUES, *(dict(words.values) for words in own)),
        module.SEPARATOR,
    )


def _member(entry: str) -> str:
    """Name one entry of an archive, without its digest; what it is packed with has none."""
    return entry if entry.startswith(("image ", "packed with ")) else "…" if entry.startswith("(all)") else entry.split(" ")[0]


def _limit(name: str, value: str) -> str:
    """Write a limit as people do: 128 MiB, 0.5 CPU."""
    if not value.isdigit():
        return value
    if name == "NanoCpus":
        return f"{int(value) / 1e9:g} CPU"
    if name.startswith("Memory") or name == "shm-size":
        for unit, bits in (("GiB", 30), ("MiB", 20), ("KiB", 10)):
            if int(value) >= 1 << bits and int(value) % (1 << bits) == 0:
                return f"{int(value) >> bits} {unit}"
    return value


def short_image(name: str) -> str:
    """Leave out `:latest`."""
    return name.removesuffix(":latest")


def shorten(text: str, length: int = _LONG) -> str:
    """Cut a long text, saying so by an ellipsis."""
    clean = "".join(char if char.isprintable() else " " for char in text)
    return clean if len(clean) <= length else clean[: length - 1] + "…"


def _keys(gap: Gap) -> list[str]:
    """List the templates that fit a gap, the most telling first."""
    aspect = gap.spot.aspect
    if not gap.expected:
        replaced = [f"{aspect}.replaced"] if gap.hint == REPLACED else []
        return [*replaced, f"{aspect}.extra", *(["extra.plain"] if gap.found == "yes" else []), "extra"]
    twins = _TWINS[aspect](gap) if aspect in _TWINS else []
    if gap.lacking and aspect != "container.exists":
        twins = ["lacking"]
    return [
        *twins,
        f"{aspect}.different" if gap.found else f"{aspect}.missing",
        *(["missing.plain"] if gap.expected == "yes" and not gap.found else []),
        "different" if gap.found else "missing",
    ]


def _extras(gap: Gap) -> dict[str, str]:
    port = gap.spot.item.split("/")[0]
    result, _, rest = gap.hint.partition("\x1f")
    missing, _, more = rest.partition("\x1f")
    return {
        "port": port,
        "ran": shorten(gap.ran),
        "hint": shorten(gap.hint.replace("\x1f", " ")),
        "result": result,
        "missing": shorten(_plain(missing)),
        "more": shorten(_plain(more)),
        "wait": (gap.expected.split() or [""])[-1],
        "waited": (gap.found.split() or [""])[-1],
        "short": short_image(gap.spot.label),
        "signal": gap.expected.split(" ")[0],
    }


def _plain(words: str) -> str:
    """Write the words of an output as a learner knows them: `<container:web>` is web's id."""
    plain = re.sub(
        r"<(container|image|network|name|volume):([^>]*)>", lambda match: match.group(2).lstrip("*"), words
    )
    return " ".join(dict.fromkeys(plain.replace(TIME, "").split()))


def _port(gap: Gap) -> list[str]:
    if gap.found == "random":
        return ["container.port.random"]
    if gap.expected == "random" and gap.found:
        return ["container.port.fixed"]
    if not gap.found and f"{gap.expected}/tcp {gap.spot.item.split('/')[0]}" in gap.hint.split("; "):
        return ["container.port.swapped"]
    if not gap.found and gap.expected == "random":
        return ["container.port.missing.random"]
    return []


def _state(gap: Gap) -> list[str]:
    if gap.gone:
        return ["container.state.gone"]
    found = gap.found or "unchanged"
    return [f"container.state.{gap.expected}.{found}", f"container.state.{gap.expected}"]


def _signals(gap: Gap) -> list[str]:
    if gap.gone or not gap.found:
        return ["container.signals.none"]
    wanted, got = gap.expected.split(), gap.found.split()
    if wanted[0] == "KILL":
        return ["container.signals.stop_for_kill"]
    if got[0] == "KILL":
        return ["container.signals.kill_for_stop"]
    if len(wanted) == len(got) == 3 and wanted[0] == got[0]:
        return ["container.signals.wait"]
    return []


def _removed(gap: Gap) -> list[str]:
    return ["container.removed.stopped"] if "exited" in gap.hint.split() else []


def _restarted(gap: Gap) -> list[str]:
    return ["container.state.gone"] if gap.gone else []


def _mount(gap: Gap) -> list[str]:
    if gap.found.removesuffix(" (read-only)") == gap.expected.removesuffix(" (read-only)"):
        return ["container.mount.mode"]
    if gap.found.startswith("anonymous"):
        return ["container.mount.anonymous"]
    return []


def _network(gap: Gap) -> list[str]:
    return ["container.network.bridge"] if gap.expected == "not joined" else []


def _output(gap: Gap) -> list[str]:
    return [f"output.{gap.hint.partition(chr(31))[0]}"]


_TWINS: dict[str, Callable[[Gap], list[str]]] = {
    "container.port": _port,
    "container.state": _state,
    "container.signals": _signals,
    "container.removed": _removed,
    "container.mount": _mount,
    "container.network": _network,
    "output.told": _output,
    "container.restarted": _restarted,
    **{aspect: twins for provider in PROVIDERS for aspect, twins in provider.twins.items()},
}


def _filled(template: str, parts: Mapping[str, str]) -> str:
    """Fill a template; a Latin name and the Chinese text behind it get a space between them: "容器 web 的镜像"."""
    last = parts.get("who", "")[-1:]
    spaced = _HAN_NEXT.sub("{who} ", template) if last.isascii() and last.isalnum() else template
    return spaced.format(**parts)
