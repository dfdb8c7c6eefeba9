"""Finding an engine, and a private one that is shared, stopped by its last user and taken over after a crash."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from bench.floor import engine_as_it_comes
from sandboxes.engines import EngineError, PrivateEngine, answers, connect, find_engine, private_engine

ROOT = Path(__file__).parents[2]
root_only = pytest.mark.skipif(os.getuid() != 0, reason="a private engine needs root")


def write_context(home: Path, name: str, host: str) -> None:
    folder = home / ".docker"
    meta = folder / "contexts" / "meta" / hashlib.sha256(name.encode()).hexdigest() / "meta.json"
    meta.parent.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps({"currentContext": name}))
    meta.write_text(json.dumps({"Name": name, "Endpoints": {"docker": {"Host": host}}}))


def test_docker_host_comes_first(engine):
    assert find_engine({"DOCKER_HOST": engine}) == engine


def test_a_silent_docker_host_is_named_with_the_next_step(tmp_path):
    with pytest.raises(EngineError, match=r"unix:///.*/none\.sock.*unset DOCKER_HOST"):
        find_engine({"DOCKER_HOST": f"unix://{tmp_path}/none.sock"})


def test_the_current_context_is_next(engine, tmp_path):
    write_context(tmp_path, "mine", engine)
    assert find_engine({"HOME": str(tmp_path)}) == engine


def test_a_context_named_by_the_environment_wins(engine, tmp_path):
    write_context(tmp_path, "mine", engine)
    (tmp_path / ".docker" / "config.json").unlink()
    assert find_engine({"HOME": str(tmp_path), "DOCKER_CONTEXT": "mine"}) == engine


@pytest.mark.parametrize("config", ["", "not json", "[]", '{"currentContext": 5}', '{"currentContext": "gone"}'])
def test_a_broken_configuration_is_no_engine_and_no_crash(engine, tmp_path, config):
    (tmp_path / ".docker").mkdir()
    (tmp_path / ".docker" / "config.json").write_text(config)
    socket = Path(engine.removeprefix("unix://"))
    os.symlink(socket, tmp_path / "docker.sock")  # the rootless place
    found = find_engine({"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)})
    assert found in {f"unix://{tmp_path}/docker.sock", "unix:///var/run/docker.sock"}


def test_a_socket_that_is_no_engine_does_not_answer(tmp_path):
    (tmp_path / "file").write_text("")
    assert not answers(f"unix://{tmp_path}/file")
    assert not answers("nonsense://x")
    with pytest.raises(EngineError):
        connect(f"unix://{tmp_path}/none")


@root_only
def test_a_private_engine_lives_as_long_as_its_users(tmp_path):
    said = []
    with private_engine(tmp_path, said.append) as first:
        assert answers(first)
        with private_engine(tmp_path, said.append) as second:
            assert second == first
        assert answers(first)
    assert not answers(first)
    assert PrivateEngine(tmp_path, said.append)._pids() == []
    assert len(said) == 1


USER = """
import sys, os, signal
from pathlib import Path
from sandboxes.engines import PrivateEngine
engine = PrivateEngine(Path(sys.argv[1]), lambda _: None)
users = engine.join()
print(engine.url, flush=True)
signal.pause()
"""


@root_only
def test_what_a_killed_process_leaves_is_taken_over_and_then_stopped(tmp_path):
    killed = subprocess.Popen([sys.executable, "-c", USER, tmp_path], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    url = killed.stdout.readline().strip()
    killed.kill()
    killed.communicate()
    assert answers(url)
    pids = PrivateEngine(tmp_path, print)._pids()
    with private_engine(tmp_path, print) as adopted:
        assert adopted == url
        assert PrivateEngine(tmp_path, print)._pids() == pids
    assert not answers(url)


@root_only
def test_an_engine_that_died_is_started_again(tmp_path):
    with private_engine(tmp_path, print) as url:
        engine = PrivateEngine(tmp_path, print)
        for pid in engine._pids():
            os.kill(pid, signal.SIGKILL)
        with private_engine(tmp_path, print) as again:
            assert again == url
            assert answers(url)


def open_files():
    return len(os.listdir("/proc/self/fd"))


@root_only
def test_a_client_whose_engine_died_loses_no_files(tmp_path):
    with private_engine(tmp_path, print) as url:
        client = connect(url)
        client.ping()
        PrivateEngine(tmp_path, print).stop()
        with pytest.raises(requests.ConnectionError):
            client.ping()
        before = open_files()
        for _ in range(5):
            with pytest.raises(requests.ConnectionError):
                client.ping()
        assert open_files() == before
        client.close()


@root_only
def test_an_engine_with_a_network_leaves_the_hosts_alone_and_nothing_behind(tmp_path):
    links = set(os.listdir("/sys/class/net"))
    with engine_as_it_comes(tmp_path / "floor", print) as url:
        client = connect(url)
        assert [network["Name"] for network in client.networks(names=["bridge"])] == ["bridge"]
        client.close()
        assert set(os.listdir("/sys/class/net")) == links
    assert not PrivateEngine(tmp_path / "floor", print).runs()
    assert not (tmp_path / "floor").exists()


@root_only
def test_a_long_path_gives_a_short_socket(tmp_path):
    deep = tmp_path / ("long" * 25) / ("deep" * 25)
    assert len(PrivateEngine(deep, print).url) < 100


@root_only
def test_a_disk_without_room_is_said_in_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("sandboxes.engines.NEEDED_BYTES", 10**18)
    with pytest.raises(EngineError, match="Free some space"):
        PrivateEngine(tmp_path, print).join()


@root_only
def test_an_engine_that_cannot_start_says_why(tmp_path):
    (tmp_path / "data").write_text("a file where the data should be")
    with pytest.raises(EngineError, match=r"does not start: .*data.*engine\.log"):
        PrivateEngine(tmp_path, print).join()
    assert PrivateEngine(tmp_path, print)._pids() == []
