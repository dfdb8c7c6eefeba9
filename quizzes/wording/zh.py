"""Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz

from notes.grammar import is_tool
from quizzes.wording.base import Wording, word_list
from quizzes.wording.tidy import chinese, code, has_han, looks_like_code, named, phrase, plain

_VERBS = word_list("verbs.zh.txt")
#: Begins like a verb and is none.
_NOUN = re.compile("用户|用途|在线|详细[一-鿿]{0,4}模式|对象|对称|向量|按键|按钮|切片|连接数|标记位|从属")
_CLAUSE = re.compile(
    r"^(?:当|如果|若|无论|只有|一旦|除非|除|直到|每次|每个|每|所有)|^.{1,10}(?:后|时|之前|之后)(?:会|将|自动|，|再)|^(?:输出|显示|容器|文件)[一-鿿]{1,4}不"
)
_NAME = re.compile(
    r"(?:名|名称|名字|值|大小|上限|下限|限制|数量|数|时间|时长|级别|路径|目录|格式|标签|地址|端口|编号|权限|变量|参数)$"
)
_MODE = re.compile(r"(?:模式|功能|支持|方式)$")
_DEED = re.compile(r"(?:映射|备份|重启|挂载|迁移|恢复|压缩|排序|搜索|同步|转发|隔离|输出|显示|递归)$")
_OPENERS = re.compile(r"^(?:表示|代表|意思是|用来|用于|可以|可用于|作用是|即|就是|是指|指的是|是)(?!否)")
_REFERS = re.compile(
    r"如下|如图|见下|见上|以下|上面|下面|这里|此处|刚才|上述|前面|后面的|下图|上图|本文(?<![版文样脚]本文)(?!件)|本节|详见|参见|参考(?!文件|目录|手册|值)|(?:[见此该附]|点击|原文|下载|以下)链接|链接(?:如下|见|[:：]|地址)"
)
_STARTS_BADLY = re.compile(
    r"^(?:它|他|她|这|那(?!么)|该|其(?!他|它|中|余)|此|本(?!地|机|身)|上述|以上|前者|后者|但|而|并(?!行|发|列|排|集)|且|或|也|所以|因此|因为|然后"
    r"|码，|选项|[A-Za-z] (?!表示|代表|对应)[一-鿿]|另外|同时(?!显|输)|还|又|不过|于是|那么|等价|同上|同)"
)
_ROUGH = re.compile(r"我们?|感觉|貌似|大概|也许|TODO|待补充|待续|[?？|]|！！|\.\.\.|…|吗$|吧$|呢$|https?://|\bxxx?\b")
_HAN = re.compile("[一-鿿]")
_MARKS = str.maketrans("", "", "`， 。")
#: A Latin word in lower case among Chinese is typed: count, etcd.
_KEYWORD = re.compile(r"[a-z]{2,16}")
#: What a thing does, so that it is its purpose and not its meaning.
_SERVES = re.compile(
    r"(?:负责|保存(?!了)|存[放储](?!了)|管理|提供|维护|保证|判断|限制|防止|控制|实现|转发|转换|解析|调度|监控|检查|接收|发送|记录|删除|创建|启动|停止|显示|列出|查看|"
    r"统计|设置|指定|定义|分解|运输|合成)"
)
#: A clause that says when: what follows is done then and is no purpose.
_SCENE = re.compile(r"(?:时候?|之?后)，")
_COMMAND = re.compile(r"^[a-z][\w-]*(?: [\w-]+)+$|^[a-z-]+ [a-z]")
_PREDICATE = re.compile(
    r"^(?:会|将|可以|能|不|底层|自身|本身|直接|先|只|仅|是|有|没有|由|从|在|启动|需要|必须|运行|使用|通过|用于|位于|属于|支持|创建|更)"
)
_DIRECTION = re.compile(
    r"^(?:(?P<what>.+?)\s*[：:，的]?\s*)?(?P<way>从下到上|自下而上|由下至上|从上到下|自上而下|由上至下|从内到外|从外到内)的?(?:各层|各个层次|层次|结构)?$"
)
_BESIDE = {
    **dict.fromkeys(("从下到上", "自下而上", "由下至上"), "之上"),
    **dict.fromkeys(("从上到下", "自上而下", "由上至下"), "之下"),
}
#: What well-known names are names of.
_KINDS = {
    "操作系统": ("windows linux macos unix android ios", "ubuntu debian centos fedora freebsd arch rhel alpine"),
    "语言": ("java python go rust c c++ c# javascript typescript", "php ruby scala kotlin swift erlang perl r lua"),
}
GOAL = 4  # letters of a goal that says enough
_IN_TIME = "：按时间先后的事件"  # the end of a timeline's name
_NOT_A_DEED = re.compile(r"^(?:不|仅|只|总是|从不|无论|当前)")
_VERB_ALONE = re.compile(
    r"^(?:强制|批量|一键|直接|全部)?(?:删除|停止|启动|查看|显示|列出|清除|清空|运行|重启|暂停|开启|关闭|打开|执行|安装|卸载|导入|导出)"
    r"(?:全部|所有|一个|多个|它们?)?$"
)
_CUT_OFF = re.compile(r"(?:相当于|[：:]|和|或|与|及|的时候|时|[^是已正未不包括]{2}的)$")
_ENDS_AS_A_NOUN = re.compile(r"(?:是|已|正|未|不|包括|含).{0,12}的$")
_EXTRA = re.compile(r"，(?:需要?先|未|不|如|若|默认|否则|缺省|没有|可以|该|此).*$")
#: What a caption adds on options that the line may not have: "查看日志，`-f` 持续输出".
_BY_OPTION = re.compile(r"(?<=[一-鿿]{2})[，；]\s?`-{1,2}\w[^`]*`.*$")
_BETWEEN_HAN = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")
#: A sentence on an option that does not say of which command.
_OPTION_ALONE = re.compile(r"(?:使用|加上?|用|通过|指定)\s?`?-{1,2}[A-Za-z]")
_NAMES_A_COMMAND = re.compile(r"`[a-z]|\b(?:docker|git|kubectl|tar)\b")
_SPACED = re.compile(r"\s+")
#: The head of a column that can follow 的 as it is.
_PLAIN_HEAD = re.compile(r"(?!是否|能否|如何|怎[么样])[一-鿿]{1,8}")
#: What ends as a noun names a thing, whatever verb it begins with: 存放镜像的地方.
_THING = re.compile(r"的(?:一[种个类])?(?!时候)[一-鿿]{2,4}$")
_MASKED = re.compile(r"`[^`]*`")
ECHO = 85  # rapidfuzz ratio from which a quotation only repeats the explanation
Form = Literal["verb", "whether", "clause", "name", "mode", "deed", "unsure"]
_EXAMPLE_BEHIND = re.compile(r"(?<=[一-鿿]) (`[^`]+:[^`]+`)$")
_BACKGROUND = re.compile(r"^后台(?=运行|启动|执行)")
_DONT = re.compile(r"^(?:千万|一定)?(?:不要|切勿|别)(?=[一-鿿])")
_MARKS_AND_SPACES = re.compile(r"[\s`，。：；、“”（）()]")
#: How a prompt begins that asks about a term, so that a tool's name can stand before it in one sentence.
_ASKS = ("“", "`", "下列", "将")


def _stack(name: str) -> str:
    """What the layers of a stack are layers of."""
    found = _DIRECTION.match(name)
    return re.sub("的?(?:各层|层次|层级|结构|架构)$", "", found["what"].strip("的：")) if found and found["what"] else name


class Chinese(Wording):
    """Simplified Chinese as it is taught: full-width marks, a space between Han and Latin."""

    language = "zh"

    def prose(self, text: str) -> str:
        return chinese(text)

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one wording a language
    def choice(self, text: str) -> str:
        set_text = phrase(chinese(phrase(text)))
        set_text = _EXAMPLE_BEHIND.sub(r"（\1）", set_text)
        set_text = _BY_OPTION.sub("", set_text)
        bare = _OPENERS.sub("", set_text).strip(" ，。；：")
        return bare if len(bare) > 1 else set_text

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one wording a language
    def wish(self, text: str) -> str:
        """Give a meaning as it stands after 要: without its second thoughts, joined with 并."""
        text = self.choice(text)
        shorter = _EXTRA.sub("", text.split("。")[0])
        text = shorter if self.length(shorter) >= 8 else text
        return _BACKGROUND.sub("在后台", text.replace("，并", "并", 1))

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one wording a language
    def length(self, text: str) -> float:
        letters = text.translate(_MARKS)
        return len(letters) + len(_HAN.findall(letters))

    @lru_cache(maxsize=4096)  # noqa: B019 - there is one wording a language
    def usable(self, text: str, most: int | None = None) -> bool:
        bare = phrase(_MASKED.sub("码", text))
        if _STARTS_BADLY.search(bare) or _REFERS.search(bare) or _ROUGH.search(bare) or not balanced(text):
            return False
        if _OPTION_ALONE.match(text) and not _NAMES_A_COMMAND.search(text):
            return False
        han = len(_HAN.findall(bare))
        short = han < 2 and len(bare.split()) < 2
        cut_off = _CUT_OFF.search(text.rstrip(" 。")) and not _ENDS_AS_A_NOUN.search(bare)
        return not (short or cut_off or _VERB_ALONE.match(bare)) and self.length(bare) <= 2 * (most or 60)

    def form(self, meaning: str) -> Form:
        """Tell what kind of phrase a meaning is, so that it can be put into a sentence."""
        if meaning.startswith("是否"):
            return "whether"
        if _CLAUSE.search(meaning):
            return "clause"
        if meaning.startswith(_VERBS) and not _NOUN.match(meaning):
            return "verb"
        if _MODE.search(meaning):
            return "mode"
        if _NAME.search(meaning) and "，" not in meaning:
            return "name"
        return "deed" if _DEED.search(meaning) and "，" not in meaning else "unsure"

    def within(self, topic: str, prompt: str) -> str:
        if not topic:
            return prompt
        if " · " in topic or has_han(topic) or not prompt.startswith(_ASKS):  # 在容器中 would be a place
            return f"【{chinese(_BETWEEN_HAN.sub('', topic))}】{prompt}"
        return chinese(f"在 {topic} 中，") + prompt

    def term(self, term: str) -> str:
        return code(term) if looks_like_code(term) or _KEYWORD.fullmatch(term) else chinese(term)

    # Options
    def option_meaning(self, command: str, option: str) -> str:
        return f"{code(command)} 的 {code(option)} 选项有什么作用？"

    def meaning_option(self, command: str, meaning: str, typed: bool = False) -> str:
        wish = self.wish(meaning)
        add, which, stop = ("应加选项 ____。", " ____ 选项", "。") if typed else ("应加哪个选项？", "哪个选项", "？")
        match self.form(wish):
            case "verb" if not wish.startswith(("不", "仅", "只", "总是", "从不", "当前")):
                return chinese(f"使用 {code(command)} 时，要{wish}，{add}")
            case "verb" | "clause":
                return chinese(f"使用 {code(command)} 时，希望{wish}，{add}")
            case "whether":
                return chinese(f"{code(command)} 的{which}用来控制{wish}{stop}")
            case "name":
                return chinese(f"{code(command)} 的{which}用于设置{wish}{stop}")
            case "mode":
                return chinese(f"{code(command)} 的{which}用于开启{wish}{stop}")
            case "deed":
                return chinese(f"{code(command)} 的{which}用于{wish}{stop}")
        if typed:
            return chinese(f"{code(command)} 的选项中，作用是“{wish}”的是 ____。")
        return chinese(f"{code(command)} 的哪个选项的作用是“{wish}”？")

    def option_statement(self, command: str, option: str, meaning: str) -> str:
        meaning = self.choice(meaning)
        subject = f"{code(command)} 的 {code(option)} 选项"
        match self.form(meaning):
            case "verb" | "deed" if not _NOT_A_DEED.match(meaning):
                return chinese(f"{subject}用于{meaning}。")
            case "whether":
                return chinese(f"{subject}用来控制{meaning}。")
            case "name":
                return chinese(f"{subject}用于设置{meaning}。")
            case "mode":
                return chinese(f"{subject}用于开启{meaning}。")
        return chinese(f"{subject}的作用是：{meaning}。")

    def option_contrast(self, command: str, first: str, second: str) -> str:
        return f"{code(command)} 的 {code(first)} 与 {code(second)} 有什么区别？"

    def option_pair(self, first: str, first_meaning: str, second: str, second_meaning: str) -> str:
        return f"{code(first)}：{self.choice(first_meaning)}；{code(second)}：{self.choice(second_meaning)}"

    def option_default(self, command: str, option: str) -> str:
        return f"{code(command)} 的 {code(option)} 选项的默认值是什么？"

    def options_right(self, command: str) -> str:
        return f"下列关于 {code(command)} 选项的说法，哪些是正确的？（多选）"

    def options_match(self, command: str) -> str:
        return f"将 {code(command)} 的选项与其作用配对。"

    # Commands
    def purpose_command(self, purpose: str) -> str:
        wish = self.wish(purpose)
        if self.form(wish) == "verb":
            want = "希望" if wish.startswith(("只", "仅", "不", "总是")) else "要"
            return chinese(f"{want}{wish}，应执行哪条命令？")
        return chinese(f"哪条命令的作用是“{wish}”？")

    def command_wanted(self, goal: str) -> str:
        return chinese(f"要{goal}，应执行哪条命令？")

    def command_purpose(self, command: str) -> str:
        return f"命令 {code(command)} 的作用是什么？"

    def command_statement(self, command: str, purpose: str) -> str:
        purpose = self.choice(purpose)
        if self.form(purpose) == "verb":
            return chinese(f"命令 {code(command)} 用于{purpose}。")
        return chinese(f"命令 {code(command)} 的作用是：{purpose}。")

    def command_for(self, tool: str, goal: str) -> str:
        return chinese(f"写出一条 {code(tool)} 命令，{goal}。" if tool else f"写出一条命令，{goal}。")

    def command_typed(self, tool: str, purpose: str, given: Sequence[tuple[str, str]], bare: bool = False) -> str:
        wish = self.wish(purpose)
        named = "、".join(f"{kind} {code(name)}".strip() for kind, name in given)
        names = named if all(kind for kind, _ in given) else f"用到的名称：{named}"
        hint = f"（{names}）" if given else "（只写命令名，不写参数）" if bare else ""
        if self.form(wish) == "verb":
            return chinese(f"写出一条 {code(tool)} 命令，{wish}{hint}。")
        return chinese(f"写出作用是“{wish}”的 {code(tool)} 命令{hint}。")

    def commands_match(self, about: str) -> str:
        return chinese(f"将与“{about}”有关的命令与其作用配对。" if about else "将命令与其作用配对。")

    def commands_right(self, about: str) -> str:
        topic = f"与“{about}”有关的" if about else "命令的"
        return chinese(
            f"下列关于{topic}说法，哪些是正确的？（多选）" if not about else f"下列{topic}命令说明，哪些是正确的？（多选）"
        )

    def sentences_match(self, frame: str) -> str:
        return f"将左右各项配对，使每一对都符合“{frame.rstrip('。')}”。"

    def statements_right(self, about: str) -> str:
        return chinese(f"关于“{about}”，下列说法哪些是正确的？（多选）" if about else "下列说法哪些是正确的？（多选）")

    def members_right(self, opening: str) -> str:
        return chinese(f"{opening}下列哪些？（多选）")

    # Terms
    def definition_term(self, definition: str) -> str:
        return chinese(f"“{self.choice(definition)}”描述的是下列哪一项？")

    def term_definition(self, term: str) -> str:
        return chinese(f"下列哪一项是对{self._named(term)}的正确描述？")

    def _named(self, term: str) -> str:
        return code(term) if _KEYWORD.fullmatch(term) else named(term, "“", "”")

    def term_statement(self, term: str, definition: str) -> str:
        said = self.choice(definition)
        serves = _SERVES.match(said) and not _THING.search(said.split("，")[0])
        return chinese(f"{self._named(term)}{'的作用是' if serves else '指的是'}：{said}。")

    def term_gap(self, definition: str) -> str:
        return chinese(f"“{self.choice(definition)}”说的是哪个术语？答：____")

    def term_in_gaps(self, masked: str) -> str:
        return chinese(f"“{self.choice(masked)}”，各空处都应填入同一个术语，是下列哪一项？")

    def terms_match(self) -> str:
        return "将下列各项与其描述配对。"

    def names_match(self) -> str:
        return "将下列术语与其英文名称配对。"

    def served_match(self, whole: str, verb: str, served: Sequence[str]) -> str:
        kinds = (kind for kind, rows in _KINDS.items() if {name.casefold() for name in served} <= set(" ".join(rows).split()))
        kind = next(kinds, "")
        to = (f"各自适用的{kind}" if kind else "各自的用途") if verb.endswith("用于") else f"各自{verb}的{kind or '对象'}"
        return chinese(f"将下列{whole or '各项'}与{to}配对。")

    # Tables
    def row_value(self, sort: str, name: str, attribute: str) -> str:
        return chinese(f"{self._one(sort, name)}{_of(attribute)}是下列哪一项？")

    def row_name(self, sort: str, attribute: str, value: str) -> str:
        return chinese(f"{_head(attribute)}为{named(value, '“', '”')}的{sort}是下列哪一项？")

    def row_statement(self, sort: str, name: str, attribute: str, value: str) -> str:
        return chinese(f"{self._one(sort, name)}{_of(attribute)}是{named(value, '“', '”')}。")

    def rows_match(self, sort: str, attribute: str) -> str:
        return chinese(f"将各个{sort}与其{_head(attribute)}配对。")

    def _one(self, sort: str, name: str) -> str:
        """Name a thing with its sort, unless the name ends with it: 类方法, 端口 `22`."""
        return named(name, "“", "”") if name.endswith(sort) else f"{sort}{named(name, '“', '”')}"

    # Contrasts, properties, quantities
    def contrast_value(self, subject: str, other: str, dimension: str) -> str:
        if dimension:
            return chinese(f"{shown(subject)}与{shown(other)}的“{dimension}”不同。下列哪一项说的是{shown(subject)}？")
        return chinese(f"与{shown(other)}相比，下列哪一项说的是{shown(subject)}？")

    def contrast(self, first: str, second: str) -> str:
        return chinese(f"{shown(first)}与{shown(second)}有什么区别？")

    def contrast_pair(self, first: str, first_value: str, second: str, second_value: str) -> str:
        return chinese(f"{shown(first)}：{self.choice(first_value)}；{shown(second)}：{self.choice(second_value)}")

    def contrast_statement(self, subject: str, dimension: str, value: str) -> str:
        value = self.choice(value)
        if dimension:
            return chinese(f"在“{dimension}”一项上，{shown(subject)}为{named(value, '“', '”')}。")
        if _COMMAND.match(subject) and self.form(value) == "verb" and not _SCENE.search(value):
            return chinese(f"命令{shown(subject)}用于{value}。")
        if _PREDICATE.match(value):
            return chinese(f"{shown(subject)}{value}。")
        return chinese(f"{shown(subject)}的{'作用' if _SERVES.match(value) else '特点'}是：{value}。")

    def contrast_match(self, dimension: str) -> str:
        return chinese(f"就“{dimension}”而言，将各项配对。" if dimension else "将各项与其特点配对。")

    def fill(self, sentence: str) -> str:
        return chinese(sentence)

    def fill_either(self, sentence: str, one: str, other: str) -> str:
        return chinese(f"{sentence}（填“{one}”或“{other}”）")

    def fill_choice(self, sentence: str) -> str:
        return chinese(f"{sentence}空格处应填入哪一项？")

    def judge(self, sentence: str) -> str:
        return chinese(_DONT.sub("不应", sentence))

    # Sequences, outputs, errors
    def order(self, name: str) -> str:
        layers = _DIRECTION.match(name)
        if layers and layers["what"]:
            return chinese(f"请{layers['way']}排列{layers['what'].strip('的：')}的各层。")
        if name.endswith(_IN_TIME):
            return chinese(f"请按时间先后排列下列与“{name.removesuffix(_IN_TIME)}”有关的事件。")
        return chinese(f"请按先后顺序排列“{self.choice(_goal(name))}”的各步。")

    def next_step(self, name: str, step: str) -> str:
        layers = _DIRECTION.match(name)
        if layers and layers["what"]:
            where, stack = _BESIDE.get(layers["way"], "之后"), layers["what"].strip("的：")
            return chinese(f"{layers['way']}看{stack}的各层，紧接在“{step}”{where}的是哪一层？")
        name = self.choice(name).removesuffix(_IN_TIME)
        return chinese(f"在“{name}”中，紧接在“{step}”之后的是哪一项？")

    def in_place_of(self, name: str, other: str, layer: str, count: int) -> str:
        which = "哪一层" if count == 1 else "哪几层"
        return chinese(f"把{_stack(name)}与{_stack(other)}的各层对照，“{layer}”代替了{_stack(other)}的{which}？")

    def joined(self, parts: Sequence[str]) -> str:
        return "和".join(("、".join(parts[:-1]), parts[-1])) if len(parts) > 1 else parts[0]

    def comes_before(self, name: str, first: str, second: str) -> str:
        layers = _DIRECTION.match(name)
        if layers and layers["what"]:
            where, stack = _BESIDE.get(layers["way"], "之后"), layers["what"].strip("的：")
            return chinese(f"{layers['way']}看{stack}的各层，“{second}”紧接在“{first}”{where}。")
        timed = name.endswith(_IN_TIME)
        name = self.choice(name).removesuffix(_IN_TIME)
        after = "发生在" if timed else "紧接在"
        return chinese(f"在“{name}”中，“{second}”{after}“{first}”之后。")

    def column_statement(self, command: str, column: str, meaning: str) -> str:
        return chinese(f"{code(command)} 输出中的 {code(column)} 列表示{self.choice(meaning)}。")

    def labelled(self, label: str, text: str) -> str:
        return f"{label}：{text}"

    def reading(self, command: str, output: str, ask: str) -> str:
        return f"执行 {code(command)} 得到下面的输出：\n```\n{output}\n```\n{chinese(ask)}"

    def column_meaning(self, command: str, column: str) -> str:
        return f"{code(command)} 输出中的 `{column}` 列表示什么？"

    def meaning_column(self, command: str, meaning: str) -> str:
        return chinese(f"在 {code(command)} 的输出中，哪一列表示“{self.choice(meaning)}”？")

    def columns_match(self, command: str) -> str:
        return f"将 {code(command)} 输出中的各列与其含义配对。"

    def columns_right(self, command: str) -> str:
        return f"关于 {code(command)} 输出中的各列，下列说法哪些是正确的？（多选）"

    def error_cause(self, message: str) -> str:
        return f"出现下面的报错时，最可能的原因是什么？\n```\n{message}\n```"

    def error_fix(self, message: str) -> str:
        return f"遇到下面的报错时，应当怎样处理？\n```\n{message}\n```"

    def error_command(self, message: str) -> str:
        return f"遇到下面的报错时，应执行哪条命令来解决？\n```\n{message}\n```"

    def error_told(self, cause: str, fix: str, command: str) -> str:
        help_ = f"{fix}，可执行 {command}" if fix and command else fix or (f"执行 {command}" if command else "")
        parts = (f"原因：{cause}。" if cause else "", f"处理办法：{help_}。" if help_ else "")
        return chinese("".join(parts))

    # Explanations
    def explanation(self, said: str, passage: str) -> str:
        quoted = _quoted(passage)
        said = chinese(said)
        return said if not quoted or echoes(_bare(quoted), _bare(said)) else f"{said}笔记原文：“{quoted}”。"

    def instead(self, wrong: str, right: str) -> str:
        return chinese(f"“{wrong}”有误，应为“{right}”。")

    def key_is(self, key: str) -> str:
        return chinese(f"答案是{key}。")

    def order_is(self, steps: Sequence[str]) -> str:
        return chinese(f"正确的顺序是：{' → '.join(steps)}。")

    def choice_means(self, choice: str, meaning: str) -> str:
        return self.choices_mean([(choice, meaning)])

    def choices_mean(self, pairs: Sequence[tuple[str, str]]) -> str:
        told = "；".join(f"{choice} 的作用是：{self.choice(meaning)}" for choice, meaning in pairs)
        return chinese(f"而 {told}。")


def _of(attribute: str) -> str:
    """Give the head of a column as it stands behind a thing: 的端口, and in quotes where it is no noun of Han."""
    if attribute.startswith(("对", "在")) and _PLAIN_HEAD.fullmatch(attribute):
        return attribute
    return f"的{attribute}" if _PLAIN_HEAD.fullmatch(attribute) else f"对应的“{attribute}”"


def _head(attribute: str) -> str:
    return attribute if _PLAIN_HEAD.fullmatch(attribute) else f"“{attribute}”"


@lru_cache(maxsize=1024)
def echoes(passage: str, said: str) -> bool:
    """Tell whether a passage says no more than what is said already."""
    return passage in said or fuzz.partial_ratio(passage, said, score_cutoff=ECHO) >= ECHO


def shown(subject: str) -> str:
    """Set an option or a command as code and leave words as they are."""
    return (
        code(subject)
        if (re.match(r"-{1,2}\w|[a-z][\w-]* [a-z-]", subject) and subject.isascii()) or is_tool(subject)
        else subject
    )


def balanced(text: str) -> bool:
    """Tell whether brackets and quotes come in pairs."""
    pairs = ("()", "（）", "[]", "【】", "“”", "「」", "《》", "{}")
    return (
        all(text.count(pair[0]) == text.count(pair[1]) for pair in pairs) and not text.count("`") % 2 and not text.count('"') % 2
    )


@lru_cache(maxsize=1024)  # the questions of one fact come one after the other
def _quoted(passage: str) -> str:
    return _shortened(phrase(_SPACED.sub(" ", plain(passage))))


def _shortened(text: str, most: int = 110) -> str:
    """Cut a long passage at the end of a sentence or a clause."""
    if len(text) <= most:
        return text
    ends = [found.end() for found in re.finditer("[。！？；，,;.] ?", text[:most])]
    return text[: ends[-1] if ends else most].rstrip(" ，,；;。") + "……"


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    return _MARKS_AND_SPACES.sub("", text)


def _goal(name: str) -> str:
    """Give what a procedure is for, without the topic in front of it: 数据卷：恢复数据."""
    goal = name.rpartition("：")[2]
    return goal if len(goal) >= GOAL else name
