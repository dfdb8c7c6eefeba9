"""Real runs in the real sandbox: what a transcript, a snapshot and the events say, and how a run ends."""

from __future__ import annotations

import time

import pytest

from sandboxes.effects import Job, SandboxError


def signals(run):
    return [
        (dict(event.attributes)["signal"], event.at)
        for event in run.events
        if event.kind == "container" and event.action == "kill"
    ]


def deaths(run):
    return [dict(event.attributes)["exitCode"] for event in run.events if event.action == "die"]


def test_a_fixed_port_is_what_the_api_documents(sandboxes):
    run = sandboxes.run(Job(setup="", script="docker run -d -p 8080:8080 tomcat"))
    [container] = run.after.containers
    assert container["HostConfig"]["PortBindings"] == {"8080/tcp": [{"HostIp": "", "HostPort": "8080"}]}
    assert container["HostConfig"]["PublishAllPorts"] is False
    assert container["State"]["Running"] is True
    assert [event.action for event in run.events if event.kind == "container"] == ["create", "start"]
    assert run.before.containers == ()


def test_a_random_port_is_a_flag_and_no_binding(sandboxes):
    run = sandboxes.run(Job(setup="", script="docker run -d -P tomcat"))
    [container] = run.after.containers
    assert (container["HostConfig"]["PortBindings"], container["HostConfig"]["PublishAllPorts"]) == ({}, True)
    assert list(container["NetworkSettings"]["Ports"]) == ["8080/tcp"]


def test_a_published_port_answers(sandboxes):
    run = sandboxes.run(Job(setup="docker run -d -p 8080:8080 tomcat", script="curl -s localhost:8080"))
    assert run.output == "Apache Tomcat\n"


def test_stop_asks_with_15_waits_and_ends_with_9(sandboxes):
    run = sandboxes.run(Job(setup="docker run -d --name deaf ubuntu sleep 1000", script="docker stop -t 2 deaf"))
    (first, asked), (second, ended) = signals(run)
    assert (first, second) == ("15", "9")
    assert 1.9 < ended - asked < 4
    assert deaths(run) == ["137"]


@pytest.mark.parametrize(("image", "signal", "status"), [("nginx", "3", "0"), ("tomcat", "15", "143"), ("redis", "15", "0")])
def test_a_polite_stand_in_ends_when_asked(sandboxes, image, signal, status):
    ready = f"docker run -d --name web {image}; until docker logs web 2>&1 | grep -q .; do sleep 0.05; done"
    run = sandboxes.run(Job(setup=ready, script="docker stop web"))
    assert [number for number, _ in signals(run)] == [signal]
    assert deaths(run) == [status]


@pytest.mark.parametrize(
    ("image", "ports"),
    [
        ("tomcat", ["8080/tcp"]),
        ("nginx", ["80/tcp"]),
        ("mysql", ["3306/tcp", "33060/tcp"]),
        ("training/postgres", ["5432/tcp"]),
        ("redis", ["6379/tcp"]),
    ],
)
def test_the_stand_ins_expose_the_ports_of_the_real_ones(sandboxes_state, image, ports):
    assert sorted(sandboxes_state[f"{image}:latest"]["Config"]["ExposedPorts"]) == ports


@pytest.fixture(scope="module")
def sandboxes_state(sandboxes):
    run = sandboxes.run(Job(setup="", script="true"))
    return {tag: image for image in run.after.images for tag in image["RepoTags"]}


def test_all_promised_stand_ins_are_there(sandboxes_state):
    promised = {"ubuntu", "centos", "tomcat", "nginx", "busybox", "mysql", "redis", "alpine", "python"}
    assert {f"{name}:latest" for name in promised} <= set(sandboxes_state)
    assert {"training/postgres:latest", "ubuntu:14.04"} <= set(sandboxes_state)


def test_the_registry_pulls_pushes_searches_and_logs_in_without_a_network(sandboxes):
    script = """docker rmi nginx
docker pull nginx
docker pull nosuchthing
docker tag nginx dl.dockerpool.com:5000/mine
docker push -q dl.dockerpool.com:5000/mine
docker search ubuntu
echo secret | docker login -u someone --password-stdin"""
    run = sandboxes.run(Job(setup="", script=script, seconds=60))
    assert [step.exit_code for step in run.steps] == [0, 0, 1, 0, 0, 0, 0]
    assert "Downloaded newer image for nginx:latest" in run.steps[1].output
    assert "manifest unknown" in run.steps[2].output
    assert "ubuntu" in run.steps[5].output
    assert "Login Succeeded" in run.steps[6].output


def test_a_sandbox_taken_at_once_has_its_registry(sandboxes):
    sandbox = sandboxes.make(canary=False)
    try:
        run = sandbox.run(Job(setup="", script="docker pull -q alpine"), lambda _: None)
    finally:
        sandbox.remove()
    assert run.output == "docker.io/library/alpine:latest\n"


NETWORKS = """docker network create --ipv6 --subnet fd00:1::/64 one
docker network create --ipv6 --subnet fd00:2::/64 two
docker run -d --name server --network one -p 8080:80 -p 127.0.0.1:8081:80 nginx
docker run -d --name outer -P nginx
docker run -d --name other --network two busybox sleep 600
for _ in $(seq 50); do curl -sf -m 1 localhost:8080 >/dev/null && break; sleep 0.2; done"""

TOLD = """address() { docker inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' $1; }
gateway() { docker inspect -f '{{range .NetworkSettings.Networks}}{{.Gateway}}{{end}}' $1; }
reach() { docker exec other wget -T 1 -qO- $1 2>/dev/null | grep -c Welcome; }
show() { curl -sg $1 | grep -c Welcome; }
there=$(address server) here=$(gateway other)
six=[$(docker inspect -f '{{.NetworkSettings.Networks.one.GlobalIPv6Address}}' server)]
"""
REACHED = {
    "reach $there": "0",  # another network
    "reach $(address outer)": "0",  # the default network
    "reach http://$six": "0",
    "show http://$six": "1",
    "reach $here:8080": "1",  # what is published is reached through each gateway
    "reach $(gateway server):8080": "1",
    "reach $here:8081": "0",  # but not what is published for this machine alone
    "show 127.0.0.1:8081": "1",
    "show [::1]:8080": "1",
    "show $there": "1",
    "show localhost:$(docker port outer 80 | sed -n '1s/.*://p')": "1",
    "docker network connect one other; reach server": "1",
    "docker network disconnect one other; reach $there": "0",
    "docker rm -f server >/dev/null; show localhost:8080": "0",
}


def test_networks_are_apart_and_published_ports_open(sandboxes):
    run = sandboxes.run(Job(setup=NETWORKS, script=TOLD + "\n".join(REACHED), seconds=60))
    told = {step.command: step.output.strip() for step in run.steps}
    assert {command: told[command] for command in REACHED} == REACHED


SERVER = """import socket
end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
end.bind(("", 9000))
while True:
    data, sender = end.recvfrom(99)
    end.sendto(data.upper(), sender)
"""
CLIENT = """import socket, sys, time
end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
end.settimeout(0.5)
end.connect((sys.argv[1], int(sys.argv[2])))
for _ in range(100):
    try:
        end.send(b"hello")
        sys.exit(end.recv(99) != b"HELLO")
    except OSError:  # not up yet
        time.sleep(0.1)
sys.exit(2)
"""


def test_a_published_port_of_udp_is_open(sandboxes):
    setup = """docker run -d -p 9000:9000/udp -p 127.0.0.1:9001:9000/udp -v $PWD/server.py:/server.py \\
    $(for folder in /usr /lib*; do echo -v $folder:$folder; done) busybox python3 /server.py"""
    script = "python3 client.py 127.0.0.1 9000 && python3 client.py 127.0.0.1 9001"
    job = Job(setup=setup, script=script, files=(("server.py", SERVER), ("client.py", CLIENT)), seconds=60)
    run = sandboxes.run(job)
    assert (run.setup_exit_code, run.exit_code, run.output) == (0, 0, "")


def test_a_dockerfile_is_built(sandboxes):
    dockerfile = 'FROM busybox\nRUN echo made >/made\nEXPOSE 99\nCMD ["cat", "/made"]\n'
    job = Job(
        "",
        "docker build -q -t mine .",
        (("Dockerfile", dockerfile),),
        60,
        probes=(("made", "docker run --rm mine"),),
    )
    run = sandboxes.run(job)
    [image] = [image for image in run.after.images if "mine:latest" in image["RepoTags"]]
    assert list(image["Config"]["ExposedPorts"]) == ["99/tcp"]
    assert run.probes == {"made": "0\nmade\n"}


def test_layers_volumes_and_logs_are_read(sandboxes):
    script = """docker run --name writer -v vol:/data ubuntu sh -c '
  echo x >/etc/new; echo y >/data/kept; echo said'
docker run --name reader ubuntu cat /etc/new"""
    run = sandboxes.run(Job(setup="", script=script))
    by_name = {container["Name"]: container["Id"] for container in run.after.containers}
    assert ("A", "/etc/new") in run.after.changes[by_name["/writer"]]
    assert run.after.changes[by_name["/reader"]] == ()
    assert run.after.logs[by_name["/writer"]] == "said\n"
    assert [path for path, _ in run.after.volume_files["vol"]] == ["kept"]
    assert run.exit_code == 1


def test_a_short_lived_container_is_seen_ended(sandboxes):
    run = sandboxes.run(Job(setup="", script="docker run -d busybox true"))
    assert [container["State"]["Status"] for container in run.after.containers] == ["exited"]


def test_interactive_shells_end_instead_of_waiting_for_a_human(sandboxes):
    run = sandboxes.run(Job(setup="", script="docker run -it --name one ubuntu bash\ndocker run -dit --name two ubuntu"))
    states = {container["Name"]: container["State"]["Status"] for container in run.after.containers}
    assert (run.ended, states) == ("done", {"/one": "exited", "/two": "running"})


@pytest.mark.parametrize(
    "script", ["while :; do :; done", "sleep 100", "docker run ubuntu sleep 100", "cat /dev/zero >/dev/null"]
)
def test_a_script_that_never_ends_is_ended(sandboxes, script):
    began = time.monotonic()
    run = sandboxes.run(Job(setup="", script=f"echo first\n{script}\necho never", seconds=2))
    assert (run.ended, run.steps[0].output, len(run.steps)) == ("timeout", "first\n", 2)
    assert 2 <= run.seconds < 6
    assert time.monotonic() - began < 60


def test_output_without_end_is_cut_and_said(sandboxes):
    run = sandboxes.run(Job(setup="", script="echo first; yes", output_limit=1000))
    assert (run.ended, run.truncated, len(run.output)) == ("output", True, 1000)
    assert run.output.startswith("first\ny\ny\n")


def test_output_up_to_the_limit_is_whole(sandboxes):
    run = sandboxes.run(Job(setup="", script="head -c 1000 /dev/zero | tr '\\0' x", output_limit=1000))
    assert (run.ended, run.truncated, run.output) == ("done", False, "x" * 1000)


def test_a_learner_who_stops_the_engine_is_told_so(sandboxes):
    run = sandboxes.run(Job(setup="", script="kill $(cat /run/docker.pid); sleep 3; docker ps", seconds=20))
    assert (run.ended, run.after.containers) == ("engine", ())


def test_a_setup_that_fails_is_reported_with_its_output(sandboxes):
    run = sandboxes.run(Job(setup="echo oh no; exit 3", script="echo ran"))
    assert (run.setup_exit_code, run.setup_output, run.output) == (3, "oh no\n", "ran\n")


def test_what_a_setup_starts_in_the_background_goes_on(sandboxes):
    setup = "sleep 4321 &\nwhile echo tick; do echo again >> ticks; sleep 0.05; done &"
    script = "pgrep -xf 'sleep 4321' > /dev/null && rm -f ticks && until [ -s ticks ]; do sleep 0.02; done"
    run = sandboxes.run(Job(setup=setup, script=script))
    assert (run.ended, run.exit_code) == ("done", 0)
    assert run.left == ()


def test_a_setup_without_end_is_no_learners_mistake(sandboxes):
    with pytest.raises(SandboxError) as failure:
        sandboxes.run(Job(setup="yes", script="echo ran"))
    assert "setup" in failure.value.reason


def test_100_kilobytes_of_script_run(sandboxes):
    script = "\n".join(f"x={n}  # {'long ' * 20}" for n in range(950)) + "\necho $x"
    assert len(script) > 100_000
    run = sandboxes.run(Job(setup="", script=script))
    assert (run.ended, run.output) == ("done", "949\n")


def test_binary_and_unicode_output_arrive_as_text(sandboxes):
    run = sandboxes.run(Job(setup="", script="printf '\\377\\000\\n'\necho 容器 '🐳'\nmkdir 目录"))
    assert run.output == "\ufffd\0\n容器 🐳\n"
    assert [file.path for file in run.after.files] == ["目录"]


def test_the_shell_lives_on_between_statements(sandboxes):
    script = """cd /tmp
name=value
greet() {
    echo "hi $1"
}
greet you
for i in 1 2
do
    echo $i
done
cat <<END
a $(echo b)
END
echo one \\
  two
pwd; echo $name
(exit 7)
echo $?
set -e
false || echo kept
false
echo never"""
    run = sandboxes.run(Job(setup="", script=script))
    assert [(step.output, step.exit_code) for step in run.steps] == [
        ("", 0), ("", 0), ("", 0), ("hi you\n", 0), ("1\n2\n", 0), ("a b\n", 0), ("one two\n", 0),
        ("/tmp\nvalue\n", 0), ("", 7), ("7\n", 0), ("", 0), ("kept\n", 0), ("", 1),
    ]  # fmt: skip
    assert run.steps[4].command == "for i in 1 2\ndo\n    echo $i\ndone"
    assert run.exit_code == 1


def test_an_empty_answer_does_nothing(sandboxes):
    run = sandboxes.run(Job(setup="", script="\n# only a comment\n"))
    assert (run.steps, run.exit_code, run.ended) == ((), 0, "done")
    assert run.before == run.after


def test_a_syntax_error_is_shown_as_the_shell_says_it(sandboxes):
    run = sandboxes.run(Job(setup="", script="echo first\nif true; then"))
    assert run.steps[0].output == "first\n"
    assert "syntax error" in run.steps[1].output
    assert run.exit_code == 2
