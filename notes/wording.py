"""Words that decide how a phrase is read: labels, verbs, and what commands are for."""

from __future__ import annotations

import json
import re
from pathlib import Path

from notes.grammar import ParsedCommand
from notes.text import HAN, simpler

_ROWS = json.loads((Path(__file__).parent / "data" / "words.json").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _ROWS[name] for word in line.split())


#: A phrase that names the part of a note, never a thing to know.
LABELS = _words("labels")
#: Words with a plausible opposite: what a true/false statement turns on.
TWINS: tuple[str, ...] = tuple(sorted(_ROWS["twins"], key=len, reverse=True))
_NUMBERED_LABEL = re.compile(
    r"^(?:第?[一二三四五六七八九十\d]+[步条点章节种类个、.：:]|(?:方[式法案]|办法|做法)\s?[一二三四五六\d]|"
    r"(?:step|chapter|part|section|case|错误|案例|问题|示例|例子?|"
    r"error|example)\s*\d+)",
    re.I,
)
_HAN_FIRST, _LATIN_WORD = re.compile(f"[{HAN}]"), re.compile(r"[A-Za-z]+")
ZH_VERBS = _words("zh verbs")
_ZH_VERB = re.compile(f"^(?:{'|'.join(sorted(set(ZH_VERBS), key=len, reverse=True))})")
EN_VERBS = _words("en verbs")


def is_label(text: str) -> bool:
    """Whether a phrase labels a part of the note ("示例", "Usage", "Step 2") instead of naming a thing."""
    plain = text.strip("*_ ：:()（）[]").casefold()
    return plain in LABELS or bool(_NUMBERED_LABEL.match(plain))


def base_verb(word: str) -> str:
    """Give the base form of an English verb on the list: "creates" is "create"; "" when it is none."""
    word = word.casefold()
    for form in (
        word,
        word.removesuffix("s"),
        word.removesuffix("es"),
        word.removesuffix("ies") + "y",
        word.removesuffix("ing"),
        word.removesuffix("ing") + "e",
        _undouble(word.removesuffix("ing")),
    ):
        if form in EN_VERBS:
            return form
    return ""


def _undouble(word: str) -> str:
    return word[:-1] if len(word) > 2 and word[-1] == word[-2] else word


_AFTER_A_NOUN = re.compile(
    r"(?:are|is|was|were|ha[sd]|have|can|could|must|may|might|will|would|shall|should|do|does|did|that|which|who|of|in|on|at|for|"
    r"from|with|within|and|or|not|never|always|usually|often|only)$"
)


def lacks_subject(sentence: str) -> bool:
    """Whether an English sentence opens with its verb and leaves the subject to a label: "Brings cards back when due"."""
    words = [word.casefold() for word in _LATIN_WORD.findall(sentence)[:2]]
    if len(words) < 2 or not words[0].endswith("s") or not (sentence[0].isascii() and sentence[0].isalpha()):
        return False
    return base_verb(words[0]) not in ("", words[0]) and not _AFTER_A_NOUN.match(words[1]) and not base_verb(words[1])


def starts_with_action(text: str) -> bool:
    """Whether a phrase opens with a verb: "删除容器", "Lists all images", "to remove it"."""
    if _HAN_FIRST.match(text):
        return bool(_ZH_VERB.match(simpler(text)))
    words = _LATIN_WORD.findall(text)[:4]
    while words and words[0].casefold() in (
        "to",
        "will",
        "can",
        "used",
        "allows",
        "lets",
        "you",
        "only",
        "also",
        "interactively",
        "automatically",
        "forcefully",
        "how",
        "don",
        "not",
    ):
        words = words[1:]
    return bool(words and base_verb(words[0])) and not are_things(*words[:2])


_THINGS = re.compile(r"(?:commit|change|log|file|build|tag|record|result|view|package|list|branche|copie)s$", re.I)
_OF_THINGS = re.compile(r"(?:between|since|of|from|in|on|for|with|by|that|which)$")


def are_things(first: str, second: str = "") -> bool:
    """Tell whether a plural that may be a verb is none: "commits since the release", "changes of a file"."""
    return bool(_THINGS.match(first) and _OF_THINGS.match(second))


#: What is done, and how both languages say it.
ACTIONS: dict[str, tuple[str, ...]] = {
    "export": ("导出", "export"),
    "import": ("导入", "import"),
    "save": ("保存", "存储", "存出", "save"),
    "load": ("加载", "载入", "load"),
    "start": ("启动", "开启", "开始", "start"),
    "stop": ("停止", "终止", "关闭", "停掉", "stop", "shut down"),
    "kill": ("杀", "终止", "停止", "结束", "kill", "terminate", "signal", "信号"),
    "restart": ("重启", "重新", "restart"),
    "remove": (
        "删除",
        "移除",
        "清除",
        "清理",
        "清空",
        "删掉",
        "卸载",
        "remove",
        "delete",
        "clean",
        "prune",
        "get rid",
    ),
    "create": ("创建", "新建", "建立", "生成", "create", "make", "new"),
    "list": (
        "列出",
        "查看",
        "显示",
        "查询",
        "展示",
        "列表",
        "list",
        "show",
        "display",
        "view",
        "see",
        "print",
        "look",
        "get",
        "find",
        "check",
    ),
    "pull": ("拉取", "下载", "获取", "安装", "取回", "pull", "download", "get", "fetch"),
    "push": ("推送", "上传", "发布", "提交", "push", "upload", "publish", "send"),
    "run": ("运行", "启动", "创建", "执行", "新建", "开启", "run", "start", "launch", "create", "execute"),
    "exec": ("执行", "进入", "运行", "打开", "exec", "run", "enter", "shell"),
    "attach": ("进入", "连接", "附着", "附加", "attach", "connect"),
    "copy": ("复制", "拷贝", "copy", "copies", "传"),
    "move": ("移动", "重命名", "改名", "剪切", "move", "rename"),
    "rename": ("重命名", "改名", "修改", "rename"),
    "tag": ("标签", "标记", "tag", "重命名", "改名"),
    "commit": ("提交", "制作", "创建", "保存", "commit", "create", "save"),
    "search": ("搜索", "搜寻", "查找", "检索", "查询", "search", "find", "look"),
    "pause": ("暂停", "挂起", "pause", "freeze"),
    "unpause": ("恢复", "结束", "解除", "取消暂停", "继续", "unpause", "resume"),
    "login": ("登录", "登陆", "登入", "log in", "login", "logs in"),
    "logout": ("登出", "退出", "注销", "log out", "logout", "logs out"),
    "build": ("构建", "创建", "制作", "生成", "编译", "build", "create"),
    "add": ("添加", "增加", "加入", "暂存", "add", "stage", "标记"),
    "pack": ("打包", "压缩", "归档", "备份", "创建", "pack", "compress", "archive", "create"),
    "unpack": (
        "解包",
        "解压",
        "提取",
        "展开",
        "提取",
        "展开",
        "还原",
        "释放",
        "恢复",
        "unpack",
        "extract",
        "decompress",
        "untar",
        "restore",
    ),
    "mount": ("挂载", "mount"),
    "unmount": ("卸载", "取消挂载", "unmount"),
    "log": ("日志", "log", "输出", "历史", "提交"),
    "process": ("进程", "process"),
    "connect": ("连接", "加入", "connect"),
    "disconnect": ("断开", "移除", "disconnect"),
    "merge": ("合并", "merge"),
    "switch": (
        "切换",
        "检出",
        "创建",
        "恢复",
        "丢弃",
        "switch",
        "check out",
        "checkout",
        "restore",
        "create",
    ),
}
COMMAND_ACTIONS: dict[str, tuple[str, ...]] = {
    "docker export": ("export",),
    "docker import": ("import",),
    "docker save": ("save", "pack", "export"),
    "docker load": ("load", "import"),
    "docker start": ("start", "run"),
    "docker stop": ("stop",),
    "docker kill": ("kill", "stop"),
    "docker restart": ("restart", "start"),
    "docker rm": ("remove",),
    "docker rmi": ("remove",),
    "docker create": ("create",),
    "docker run": ("run", "create", "attach"),
    "docker exec": ("exec", "attach"),
    "docker attach": ("attach",),
    "docker ps": ("list",),
    "docker images": ("list",),
    "docker pull": ("pull",),
    "docker push": ("push",),
    "docker cp": ("copy",),
    "docker tag": ("tag", "add", "create"),
    "docker commit": ("commit",),
    "docker search": ("search",),
    "docker pause": ("pause",),
    "docker unpause": ("unpause",),
    "docker login": ("login",),
    "docker logout": ("logout",),
    "docker build": ("build",),
    "docker logs": ("log", "list"),
    "docker top": ("process", "list"),
    "docker inspect": ("list",),
    "docker info": ("list",),
    "docker version": ("list",),
    "docker history": ("list",),
    "docker rename": ("rename",),
    "docker port": ("list",),
    "docker stats": ("list",),
    "docker diff": ("list",),
    "docker volume create": ("create",),
    "docker volume rm": ("remove",),
    "docker volume ls": ("list",),
    "docker volume inspect": ("list",),
    "docker network create": ("create",),
    "docker network rm": ("remove",),
    "docker network ls": ("list",),
    "docker network inspect": ("list",),
    "docker network connect": ("connect",),
    "docker network disconnect": ("disconnect",),
    "docker system prune": ("remove",),
    "docker volume prune": ("remove",),
    "docker image prune": ("remove",),
    "docker container prune": ("remove",),
    "docker network prune": ("remove",),
    "docker system df": ("list",),
    "systemctl start": ("start",),
    "systemctl stop": ("stop",),
    "systemctl restart": ("restart",),
    "systemctl status": ("list",),
    "git clone": ("copy", "pull", "create"),
    "git add": ("add",),
    "git commit": ("commit",),
    "git push": ("push", "remove"),
    "git pull": ("pull", "merge"),
    "git fetch": ("pull",),
    "git status": ("list",),
    "git log": ("log", "list"),
    "git diff": ("list",),
    "git merge": ("merge",),
    "git checkout": ("switch",),
    "git branch": ("list", "create", "remove", "rename"),
    "git rm": ("remove",),
    "git mv": ("move",),
    "rm": ("remove",),
    "cp": ("copy",),
    "mv": ("move",),
    "mkdir": ("create",),
    "rmdir": ("remove",),
    "mount": ("mount",),
    "umount": ("unmount",),
    "gzip": ("pack",),
    "gunzip": ("unpack",),
    "zip": ("pack",),
    "unzip": ("unpack",),
    "kill": ("kill",),
}
_OPPOSITES = (
    ("export", "import"),
    ("save", "load"),
    ("start", "stop"),
    ("pause", "unpause"),
    ("pull", "push"),
    ("login", "logout"),
    ("create", "remove"),
    ("pack", "unpack"),
    ("mount", "unmount"),
    ("connect", "disconnect"),
    ("add", "remove"),
)


def actions_of(command: ParsedCommand) -> tuple[str, ...]:
    """What a command does, as words of ACTIONS; () when that is not on the list."""
    if command.name == "tar":
        letters = "".join(
            given.flag.lstrip("-") for given in command.options if not given.flag.startswith("--")
        )
        letters += (
            command.arguments[0]
            if command.arguments and re.fullmatch(r"[a-zA-Z]{1,6}", command.arguments[0])
            else ""
        )
        return ("pack",) if "c" in letters else ("unpack",) if "x" in letters else ()
    return COMMAND_ACTIONS.get(command.name, ())


_OF_A_PATH = re.compile(r"[./]\w")


def says(text: str, action: str) -> bool:
    lowered = text.casefold()
    if "." in lowered or "/" in lowered:  # names of files and addresses say nothing of what is done
        lowered = " ".join(word for word in lowered.split() if not _OF_A_PATH.search(word))
    return any(word in lowered for word in ACTIONS[action])


def agrees(text: str, command: ParsedCommand) -> bool:
    """Whether a caption names what the command does."""
    return any(says(text, action) for action in actions_of(command))


def contradicts(text: str, command: ParsedCommand) -> str:
    """Give the action a caption names although the command does its opposite; "" when they go together."""
    own = actions_of(command)
    if not own or agrees(text, command):
        return ""
    for first, second in _OPPOSITES:
        for done, named in ((first, second), (second, first)):
            if done in own and named not in own and says(text, named):
                return named
    return ""
