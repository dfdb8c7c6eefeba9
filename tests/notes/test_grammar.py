"""Docker's grammar and the parsing of command lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.grammar import (
    canonical,
    commands,
    find_option,
    nearest,
    parse_command,
    parse_commands,
    same_option,
)


def test_an_option_is_found_by_any_spelling_of_command_and_flag():
    for command in ("docker run", "docker container run"):
        for flag in ("-P", "--publish-all"):
            option = find_option(command, flag)
            assert option is not None
            assert (option.flags, option.argument) == (("-P", "--publish-all"), "")


@pytest.mark.parametrize(
    ("spelled", "short"),
    [
        ("docker container run", "docker run"),
        ("docker image ls", "docker images"),
        ("docker image rm", "docker rmi"),
        ("docker container ls", "docker ps"),
        ("docker volume ls", "docker volume ls"),
    ],
)
def test_every_command_has_a_shortest_name(spelled, short):
    assert canonical(spelled) == short
    assert short in commands()


def test_an_option_of_an_old_client_is_known_to_be_hidden_or_removed():
    hidden, removed = find_option("docker update", "--kernel-memory"), find_option("docker search", "--stars")
    assert hidden is not None
    assert removed is not None
    assert (hidden.hidden, hidden.removed, removed.hidden, removed.removed) == (True, False, False, True)


@pytest.mark.parametrize(
    ("line", "name", "options", "arguments"),
    [
        (
            "docker run -itd -p8080:80 nginx",
            "docker run",
            [("-i", ""), ("-t", ""), ("-d", ""), ("-p", "8080:80")],
            ("nginx",),
        ),
        ("docker run --name=web nginx ls -la", "docker run", [("--name", "web")], ("nginx", "ls", "-la")),
        ("sudo docker container rm -f web", "docker rm", [("-f", "")], ("web",)),
        ("docker -H tcp://x ps -aq", "docker ps", [("-H", "tcp://x"), ("-a", ""), ("-q", "")], ()),
        ('docker exec web sh -c "a; b"', "docker exec", [], ("web", "sh", "-c", "a; b")),
        ("git stash apply stash@{1}", "git stash apply", [], ("stash@{1}",)),
        ("tar -xf a.tar", "tar", [("-xf", "")], ("a.tar",)),
    ],
)
def test_a_line_is_parsed_into_name_options_and_arguments(line, name, options, arguments):
    parsed = parse_command(line)
    assert parsed is not None
    assert (parsed.name, [(given.flag, given.value) for given in parsed.options], parsed.arguments) == (
        name,
        options,
        arguments,
    )


def test_commands_inside_substitutions_and_pipelines_are_found_too():
    assert [command.name for command in parse_commands("docker rm $(docker ps -aq) | tee log")] == [
        "docker rm",
        "docker ps",
        "tee",
    ]


def test_same_option_knows_long_and_short():
    assert same_option("-p", "--publish", "docker run")
    assert not same_option("-p", "-P", "docker run")


def test_a_renamed_option_keeps_its_old_name():
    assert same_option("--time", "-t", "docker stop")
    assert same_option("--net", "--network", "docker run")
    assert not same_option("--net", "--network-alias", "docker run")
    assert find_option("docker stop", "--time").flags == ("-t", "--time", "--timeout")


def test_nearest_gives_only_close_words():
    assert nearest("imspect", ["inspect", "images"]) == "inspect"
    assert nearest("rm", ["rmi"]) == ""
    assert nearest("whatever", ["inspect"]) == ""


def test_characters_beyond_ascii_keep_their_places():
    parsed = parse_command("docker run --name 网站😀 镜像 echo “é”")
    assert parsed is not None
    assert (parsed.options[0].value, parsed.arguments) == ("网站😀", ("镜像", "echo", "“é”"))


@given(st.text(max_size=200))
def test_any_line_can_be_parsed(line):
    for command in parse_commands(line):
        assert command.line == line
        assert command.name
