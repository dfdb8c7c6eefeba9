"""Changes the state of a work folder a little, run inside a sandbox, so that reading it gives something else.

What is read must change, what it is about must stay: text files get their lines turned round and repeated, with a copy of
each that goes on; files get copies of the same kind, archives a member more, repositories a commit, a branch and a tag.
The same state is changed alike in every sandbox. The sandbox's Python has only its core modules.
"""

import os
import stat
import subprocess
from contextlib import suppress

MOST_FILES = 60
MOST_BYTES = 1 << 16
PACKERS = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz"}
MORE = "more"


def files() -> list[str]:
    found = []
    for folder, folders, names in os.walk("."):
        folders[:] = sorted(name for name in folders if name != ".git" and not is_bare(f"{folder}/{name}"))
        found += [f"{folder}/{name}" for name in sorted(names)]
    return found[:MOST_FILES]


def is_bare(folder: str) -> bool:
    return os.path.exists(f"{folder}/HEAD") and os.path.isdir(f"{folder}/objects")


def plain(path: str) -> bool:
    status = os.lstat(path)
    return stat.S_ISREG(status.st_mode) and status.st_size <= MOST_BYTES


def twisted(text: str) -> str:
    lines = text.splitlines()
    if not lines or (len(lines) == 1 and lines[0].strip().isdigit()):
        return text  # a number alone names something, as that of a process does
    return "\n".join([*reversed(lines), *lines, *(f"{line}{MORE}" for line in lines)]) + "\n"


def rewrite(path: str) -> None:
    status = os.stat(path)
    with open(path, "rb") as file:
        data = file.read()
    packer = next((name for magic, name in PACKERS.items() if data.startswith(magic)), "")
    inner = piped([packer, "-dc"], data) if packer else data
    if inner[257:262] == b"ustar":
        inner = with_member(inner)
    elif data.startswith(b"PK"):
        quietly("zip", "-q", path, MORE)
        return
    else:
        with suppress(UnicodeDecodeError):
            inner = twisted(inner.decode("utf-8")).encode()
    with open(path, "wb") as file:
        file.write(piped([packer, "-c"], inner) if packer else inner)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def with_member(archive: bytes) -> bytes:
    with open("/tmp/.twist.tar", "wb") as file:
        file.write(archive)
    quietly("tar", "-rf", "/tmp/.twist.tar", MORE)
    with open("/tmp/.twist.tar", "rb") as file:
        return file.read()


def piped(command: list[str], data: bytes) -> bytes:
    return subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=3).stdout


def quietly(*command: str, **environment: str) -> str:
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=5,
        env={**os.environ, **environment},
    )  # fmt: skip
    return done.stdout.decode("utf-8", "replace").strip()


def copy(path: str) -> None:
    """Put a copy beside a file, and one of the same name into the new folder."""
    status = os.stat(path)
    with open(path, "rb") as file:
        data = file.read()
    folder, name = os.path.split(path)
    stem, dot, ending = name.partition(".") if not name.startswith(".") else (name, "", "")
    for target in (f"{folder}/{stem}-{MORE}{dot}{ending}", f"{MORE}/{name}"):
        if not os.path.lexists(target):
            with open(target, "wb") as file:
                file.write(data)
            os.chmod(target, stat.S_IMODE(status.st_mode))
            os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))


def commit(folder: str) -> None:
    def git(*words: str, **environment: str) -> str:
        return quietly("git", "-C", folder, *words, **environment)

    subject, name, email, made = (git("log", "-1", f"--format={form}") for form in ("%s", "%an", "%ae", "%ct"))
    if not made:
        return
    who = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email}
    when = f"{int(made) + 1} +0000"
    git("branch", MORE)
    git("tag", "-a", "-m", MORE, MORE, GIT_COMMITTER_DATE=when)
    git("remote", "add", MORE, f"/{MORE}")
    git("config", f"{MORE}.{MORE}", MORE)
    git("commit", "-q", "-a", "-m", f"{subject} {MORE}", GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when, **who)


def main() -> None:
    os.umask(0o022)
    start = files()
    repositories = [folder for folder, names, _ in os.walk(".") if ".git" in names][:5]
    with suppress(OSError):
        os.mkdir(MORE)
    for path in start:
        with suppress(OSError, ValueError, subprocess.SubprocessError):
            if plain(path):
                copy(path)
                rewrite(path)
                os.chmod(path, stat.S_IMODE(os.stat(path).st_mode) ^ 0o020)
    for folder in repositories:
        with suppress(OSError, ValueError, subprocess.SubprocessError):
            commit(folder)
            for path in [path for path in start if path.startswith(f"{folder}/")]:
                if plain(path):
                    rewrite(path)


if __name__ == "__main__":
    main()
