# ruff: noqa: E501 - a sentence stays on its line
"""What a task asks for, in words. One method a goal; a language is one class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

from notes.facts import Language


class Phrases(Protocol):
    """The goals of tasks in one language; every text that stands for a name comes without backticks."""

    def start(self, image: str, name: str, detached: bool, create: bool, clauses: Sequence[str]) -> str: ...
    def command(self, line: str) -> str: ...
    def publish(self, host: str, port: str, address: str) -> str: ...
    def publish_random(self, port: str) -> str: ...
    def publish_all(self) -> str: ...
    def volume(self, volume: str, path: str, readonly: bool) -> str: ...
    def anonymous(self, path: str) -> str: ...
    def folder(self, path: str, readonly: bool) -> str: ...
    def volumes_from(self, other: str) -> str: ...
    def variable(self, name: str, value: str) -> str: ...
    def said(self, what: str, value: str) -> str: ...
    def simple(self, what: str, **names: str) -> str: ...


class Chinese:
    """Chinese."""

    _SAID: ClassVar[dict[str, str]] = {
        "rm": "容器退出后自动删除",
        "interactive": "保持标准输入打开",
        "tty": "分配伪终端",
        "terminal": "保持标准输入打开并分配伪终端",
        "restart": "重启策略设为 `{v}`",
        "network": "接入网络 `{v}`",
        "hostname": "主机名设为 `{v}`",
        "workdir": "工作目录设为 `{v}`",
        "user": "以用户 `{v}` 的身份运行",
        "entrypoint": "入口程序改为 `{v}`",
        "memory": "内存上限设为 `{v}`",
        "cpus": "最多使用 {v} 个 CPU",
        "cpu-shares": "CPU 份额设为 {v}",
        "label": "加上标签 `{v}`",
        "privileged": "以特权模式运行",
        "read-only": "根文件系统只读",
        "add-host": "在 hosts 文件中加入 `{v}`",
        "link": "以 `{v}` 的形式连接到另一个容器",
        "log-driver": "日志驱动设为 `{v}`",
        "dns": "使用 DNS 服务器 `{v}`",
        "cap-add": "增加权能 `{v}`",
        "cap-drop": "去掉权能 `{v}`",
        "init": "由 init 进程管理容器内的进程",
        "expose": "声明公开容器的 {v} 端口",
        "pid": "PID 命名空间设为 `{v}`",
        "stop-signal": "停止信号设为 `{v}`",
        "tmpfs": "在 `{v}` 挂载 tmpfs",
        "shm-size": "共享内存大小设为 `{v}`",
        "network-alias": "网络别名设为 `{v}`",
        "ip": "IP 地址设为 `{v}`",
    }
    _SIMPLE: ClassVar[dict[str, str]] = {
        "start": "启动已创建、尚未运行的容器 `{name}`。",
        "stop": "停止正在运行的容器 `{name}`。",
        "stop_time": "停止正在运行的容器 `{name}`：先让它自行退出，最多等待 {seconds} 秒，届时仍未退出再强制终止。",
        "stop_all": "停止所有正在运行的容器。用一条命令，不必写出它们的名称。",
        "restart": "重新启动正在运行的容器 `{name}`。",
        "restart_time": "重新启动正在运行的容器 `{name}`，停止时最多等待 {seconds} 秒。",
        "kill": "立即强制终止正在运行的容器 `{name}`，不等待它自行退出。",
        "kill_signal": "向正在运行的容器 `{name}` 发送 `{signal}` 信号。",
        "rm": "删除已停止的容器 `{name}`。",
        "rm_force": "强制删除正在运行的容器 `{name}`，用一条命令完成。",
        "rm_volumes": "删除已停止的容器 `{name}`，并一同删除它的匿名数据卷。",
        "rm_all": "所有容器都已停止。用一条命令全部删除，不必写出它们的名称。",
        "rm_all_force": "删除所有容器，包括正在运行的。用一条命令，不必写出它们的名称。",
        "rmi": "删除本地镜像 `{image}`。",
        "rmi_force": "强制删除镜像 `{image}`，有一个已停止的容器还在使用它。",
        "tag": "给镜像 `{image}` 添加新的名称和标签 `{target}`。",
        "commit": "把容器 `{name}` 当前的内容提交为新镜像 `{target}`。",
        "commit_more": "把容器 `{name}` 当前的内容提交为新镜像 `{target}`，{more}。",
        "author": "作者写为 `{v}`",
        "message": "提交说明写为 `{v}`",
        "volume_create": "创建名为 `{name}` 的数据卷。",
        "volume_rm": "删除数据卷 `{name}`。",
        "network_create": "创建名为 `{name}` 的网络。",
        "network_create_driver": "创建名为 `{name}` 的网络，驱动为 `{driver}`。",
        "network_rm": "删除网络 `{name}`。",
        "network_connect": "把正在运行的容器 `{name}` 接入网络 `{network}`。",
        "network_disconnect": "把容器 `{name}` 从网络 `{network}` 断开。",
        "exec": "在正在运行的容器 `{name}` 中执行 `{line}`。",
        "exec_detached": "在正在运行的容器 `{name}` 中以后台方式执行 `{line}`。",
        "cp_out": "把容器 `{name}` 中的文件 `{path}` 复制到当前目录。",
        "cp_in": "把当前目录下的文件 `{file}` 复制到容器 `{name}` 的 `{path}` 目录中。",
        "export": "把容器 `{name}` 的文件系统导出为当前目录下的归档文件 `{file}`。",
        "import": "把当前目录下的归档文件 `{file}` 导入为镜像 `{target}`。",
        "save": "把镜像 `{image}` 保存为当前目录下的归档文件 `{file}`。",
        "load": "从当前目录下的归档文件 `{file}` 载入镜像。",
        "rename": "把容器 `{name}` 改名为 `{target}`。",
        "pull": "从镜像仓库拉取镜像 `{image}`。",
        "pause": "暂停正在运行的容器 `{name}` 中的所有进程。",
        "unpause": "恢复被暂停的容器 `{name}`。",
    }

    def start(self, image: str, name: str, detached: bool, create: bool, clauses: Sequence[str]) -> str:
        verb = "创建（但不启动）" if create else "在后台启动" if detached else "运行"
        head = f"用 `{image}` 镜像{verb}一个" + (f"名为 `{name}` 的容器" if name else "容器")
        return (
            f"{head}。"
            if not clauses
            else f"{head}，要求：{'；'.join(clauses)}。"
            if len(clauses) > 1
            else f"{head}，{clauses[0]}。"
        )

    def command(self, line: str) -> str:
        return f"在容器中运行 `{line}`"

    def publish(self, host: str, port: str, address: str) -> str:
        where = f"主机地址 {address} 的 {host} 端口" if address else f"主机的 {host} 端口"
        return f"访问{where}即访问容器的 {port} 端口"

    def publish_random(self, port: str) -> str:
        return f"把容器的 {port} 端口映射到主机的随机端口"

    def publish_all(self) -> str:
        return "把镜像声明公开的所有端口映射到主机的随机端口"

    def volume(self, volume: str, path: str, readonly: bool) -> str:
        return f"把数据卷 `{volume}` {'以只读方式' if readonly else ''}挂载到容器的 `{path}`"

    def anonymous(self, path: str) -> str:
        return f"在容器的 `{path}` 挂载一个匿名数据卷"

    def folder(self, path: str, readonly: bool) -> str:
        return f"把主机的当前目录{'以只读方式' if readonly else ''}挂载到容器的 `{path}`"

    def volumes_from(self, other: str) -> str:
        return f"挂载容器 `{other}` 的所有数据卷"

    def variable(self, name: str, value: str) -> str:
        return f"环境变量 `{name}` 的值为 `{value}`"

    def said(self, what: str, value: str) -> str:
        return self._SAID[what].format(v=value)

    def simple(self, what: str, **names: str) -> str:
        return self._SIMPLE[what].format(**names)


class English:
    """English."""

    _SAID: ClassVar[dict[str, str]] = {
        "rm": "remove it automatically when it exits",
        "interactive": "keep its standard input open",
        "tty": "give it a pseudo-terminal",
        "terminal": "keep its standard input open and give it a pseudo-terminal",
        "restart": "set its restart policy to `{v}`",
        "network": "attach it to the network `{v}`",
        "hostname": "set its host name to `{v}`",
        "workdir": "set its working directory to `{v}`",
        "user": "run it as the user `{v}`",
        "entrypoint": "set its entry point to `{v}`",
        "memory": "limit its memory to `{v}`",
        "cpus": "let it use at most {v} CPUs",
        "cpu-shares": "give it {v} CPU shares",
        "label": "add the label `{v}`",
        "privileged": "run it in privileged mode",
        "read-only": "make its root file system read-only",
        "add-host": "add `{v}` to its hosts file",
        "link": "link it to another container as `{v}`",
        "log-driver": "set its log driver to `{v}`",
        "dns": "use the DNS server `{v}`",
        "cap-add": "add the capability `{v}`",
        "cap-drop": "drop the capability `{v}`",
        "init": "let an init process manage the processes inside",
        "expose": "declare its port {v} as exposed",
        "pid": "set its PID namespace to `{v}`",
        "stop-signal": "set its stop signal to `{v}`",
        "tmpfs": "mount a tmpfs at `{v}`",
        "shm-size": "set the size of its shared memory to `{v}`",
        "network-alias": "give it the network alias `{v}`",
        "ip": "give it the IP address `{v}`",
    }
    _SIMPLE: ClassVar[dict[str, str]] = {
        "start": "Start the container `{name}`, which was created and does not run yet.",
        "stop": "Stop the running container `{name}`.",
        "stop_time": "Stop the running container `{name}`: let it exit by itself, wait at most {seconds} seconds, and only then end it by force.",
        "stop_all": "Stop all running containers with one command that needs no names.",
        "restart": "Restart the running container `{name}`.",
        "restart_time": "Restart the running container `{name}`, waiting at most {seconds} seconds for it to stop.",
        "kill": "End the running container `{name}` by force at once, without waiting for it to exit by itself.",
        "kill_signal": "Send the signal `{signal}` to the running container `{name}`.",
        "rm": "Remove the stopped container `{name}`.",
        "rm_force": "Remove the running container `{name}` by force, with one command.",
        "rm_volumes": "Remove the stopped container `{name}` together with its anonymous volume.",
        "rm_all": "All containers are stopped. Remove them all with one command that needs no names.",
        "rm_all_force": "Remove all containers, the running ones too, with one command that needs no names.",
        "rmi": "Remove the local image `{image}`.",
        "rmi_force": "Remove the image `{image}` by force; a stopped container still uses it.",
        "tag": "Give the image `{image}` the additional name and tag `{target}`.",
        "commit": "Commit the present content of the container `{name}` as a new image `{target}`.",
        "commit_more": "Commit the present content of the container `{name}` as a new image `{target}`, {more}.",
        "author": "with the author `{v}`",
        "message": "with the message `{v}`",
        "volume_create": "Create a volume named `{name}`.",
        "volume_rm": "Remove the volume `{name}`.",
        "network_create": "Create a network named `{name}`.",
        "network_create_driver": "Create a network named `{name}` with the driver `{driver}`.",
        "network_rm": "Remove the network `{name}`.",
        "network_connect": "Connect the running container `{name}` to the network `{network}`.",
        "network_disconnect": "Disconnect the container `{name}` from the network `{network}`.",
        "exec": "Run `{line}` inside the running container `{name}`.",
        "exec_detached": "Run `{line}` in the background inside the running container `{name}`.",
        "cp_out": "Copy the file `{path}` of the container `{name}` into the current directory.",
        "cp_in": "Copy the file `{file}` of the current directory into the directory `{path}` of the container `{name}`.",
        "export": "Export the file system of the container `{name}` as the archive `{file}` in the current directory.",
        "import": "Import the archive `{file}` of the current directory as the image `{target}`.",
        "save": "Save the image `{image}` as the archive `{file}` in the current directory.",
        "load": "Load the image in the archive `{file}` of the current directory.",
        "rename": "Rename the container `{name}` to `{target}`.",
        "pull": "Pull the image `{image}` from the registry.",
        "pause": "Pause all processes of the running container `{name}`.",
        "unpause": "Let the paused container `{name}` go on.",
    }

    def start(self, image: str, name: str, detached: bool, create: bool, clauses: Sequence[str]) -> str:
        verb = "Create, but do not start," if create else "Start" if detached else "Run"
        head = f"{verb} a container{f' named `{name}`' if name else ''} from the image `{image}`{' in the background' if detached else ''}"
        return (
            f"{head}. " + " ".join(f"{clause[0].upper()}{clause[1:]}." for clause in clauses)
            if clauses
            else f"{head}."
        )

    def command(self, line: str) -> str:
        return f"run `{line}` in it"

    def publish(self, host: str, port: str, address: str) -> str:
        return f"make its port {port} reachable at port {host} of the host{f' at the address {address}' if address else ''}"

    def publish_random(self, port: str) -> str:
        return f"publish its port {port} to a random port of the host"

    def publish_all(self) -> str:
        return "publish all ports its image exposes to random ports of the host"

    def volume(self, volume: str, path: str, readonly: bool) -> str:
        return f"mount the volume `{volume}` at `{path}`{', read-only' if readonly else ''}"

    def anonymous(self, path: str) -> str:
        return f"mount an anonymous volume at `{path}`"

    def folder(self, path: str, readonly: bool) -> str:
        return f"mount the current directory of the host at `{path}`{', read-only' if readonly else ''}"

    def volumes_from(self, other: str) -> str:
        return f"mount all volumes of the container `{other}`"

    def variable(self, name: str, value: str) -> str:
        return f"set the environment variable `{name}` to `{value}`"

    def said(self, what: str, value: str) -> str:
        return self._SAID[what].format(v=value)

    def simple(self, what: str, **names: str) -> str:
        return self._SIMPLE[what].format(**names)


PHRASES: dict[Language, Phrases] = {"zh": Chinese(), "en": English()}
