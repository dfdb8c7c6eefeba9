"""Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from quizzes.wording.base import Wording
from quizzes.wording.tidy import chinese, code, has_han, phrase

_VERBS = tuple(
    [
        "指定",
        "设置",
        "设定",
        "显示",
        "列出",
        "查看",
        "删除",
        "强制",
        "启用",
        "禁用",
        "允许",
        "禁止",
        "创建",
        "新建",
        "打印",
        "忽略",
        "限制",
        "后台运行",
        "运行",
        "开启",
        "关闭",
        "提供",
        "输出",
        "使用",
        "添加",
        "增加",
        "移除",
        "停止",
        "终止",
        "启动",
        "重启",
        "重新",
        "保存",
        "导出",
        "导入",
        "加载",
        "挂载",
        "映射",
        "公开",
        "发布",
        "分配",
        "追加",
        "提取",
        "解压",
        "压缩",
        "打包",
        "抽取",
        "还原",
        "恢复",
        "备份",
        "复制",
        "拷贝",
        "移动",
        "重命名",
        "修改",
        "更改",
        "变更",
        "更新",
        "替换",
        "保留",
        "保持",
        "跳过",
        "跟踪",
        "追踪",
        "排除",
        "包含",
        "过滤",
        "搜索",
        "查找",
        "获取",
        "下载",
        "上传",
        "拉取",
        "推送",
        "提交",
        "合并",
        "切换",
        "克隆",
        "初始化",
        "配置",
        "检查",
        "检测",
        "校验",
        "验证",
        "测试",
        "比较",
        "找出",
        "发送",
        "接收",
        "等待",
        "暂停",
        "继续",
        "取消",
        "撤销",
        "重置",
        "丢弃",
        "清除",
        "清理",
        "清空",
        "覆盖",
        "重写",
        "连接",
        "断开",
        "加入",
        "进入",
        "退出",
        "执行",
        "递归",
        "给",
        "为",
        "将",
        "把",
        "对",
        "从",
        "按",
        "以",
        "在",
        "根据",
        "仅",
        "只",
        "不",
        "同时",
        "自动",
        "临时",
        "直接",
        "交互式",
        "永久",
        "安装",
        "卸载",
        "编译",
        "构建",
        "生成",
        "转换",
        "解析",
        "抑制",
        "处理",
        "读取",
        "写入",
        "改变",
        "通过",
        "向",
        "返回",
        "计算",
        "统计",
        "定义",
        "声明",
        "注册",
        "绑定",
        "授予",
        "撤回",
        "分离",
        "附加",
        "阻止",
        "防止",
        "避免",
        "记录",
        "监听",
        "监控",
        "管理",
        "维护",
        "存放",
        "存储",
        "拒绝",
        "接受",
        "标记",
        "应用",
        "查询",
        "插入",
        "建立",
        "隐藏",
        "展示",
        "定位",
        "选择",
        "总是",
        "从不",
        "完成",
        "开始",
        "结束",
        "跨",
        "让",
        "使",
        "当前",
        "用",
        "详细",
        "完全",
        "解除",
        "打开",
        "中止",
        "解决",
        "重新",
        "丢失",
        "压制",
        "延迟",
        "传送",
        "触发",
        "调用",
        "捕获",
        "打标签",
        "打",
        "登录",
        "登出",
        "切",
        "杀死",
        "挂起",
        "冻结",
        "唤醒",
        "附着",
        "传递",
        "匹配",
        "分析",
        "缩减",
        "扩展",
        "缩放",
        "部署",
        "回滚",
        "描述",
        "编辑",
        "维持",
    ]
)
_CLAUSE = re.compile(
    r"^(?:当|如果|若|无论|只有|一旦|除非|除|直到|每次|每个|每|所有)|^.{1,10}(?:后|时|之前|之后)(?:会|将|自动|，|再)"
)
_NAME = re.compile(
    r"(?:名|名称|名字|值|大小|上限|下限|限制|数量|数|时间|时长|级别|路径|目录|格式|标签|地址|端口|编号|权限|变量|参数)$"
)
_MODE = re.compile(r"(?:模式|功能|支持|方式)$")
_DEED = re.compile(r"(?:映射|备份|重启|挂载|迁移|恢复|压缩|排序|搜索|同步|转发|隔离|输出|显示|递归)$")
_OPENERS = re.compile(r"^(?:表示|代表|意思是|用来|用于|可以|可用于|作用是|即|就是|是指|指的是|是)(?!否)")
_REFERS = re.compile(
    r"如下|如图|见下|见上|以下|上面|下面|这里|此处|刚才|上述|前面|后面的|下图|上图|本文|本节|详见|参见|参考|链接"
)
_STARTS_BADLY = re.compile(
    r"^(?:它|他|她|这|那(?!么)|该|其(?!他|它|中|余)|此|本(?!地|机|身)|上述|以上|前者|后者|但|而|并(?!行|发|列|排|集)|且|或|也|所以|因此|因为|然后"
    r"|另外|同时(?!显|输)|还|又|不过|于是|那么|等价|同上|同)"
)
_ROUGH = re.compile(
    r"我们?|感觉|貌似|大概|也许|TODO|待补充|待续|[?？|]|！！|\.\.\.|…|吗$|吧$|呢$|https?://|\bxxx?\b"
)
_MASKED = re.compile(r"`[^`]*`")
Form = Literal["verb", "whether", "clause", "name", "mode", "deed", "unsure"]


class Chinese(Wording):
    """Simplified Chinese as it is taught: full-width marks, a space between Han and Latin."""

    language = "zh"

    def prose(self, text: str) -> str:
        return chinese(text)

    def choice(self, text: str) -> str:
        return _OPENERS.sub("", phrase(chinese(phrase(text)))).strip(" ，。；：") or chinese(text)

    def length(self, text: str) -> float:
        return sum(2 if has_han(letter) else 1 for letter in text if letter not in "`， 。")

    def usable(self, text: str, most: int | None = None) -> bool:
        bare = phrase(_MASKED.sub("码", text))
        if _STARTS_BADLY.search(bare) or _REFERS.search(bare) or _ROUGH.search(bare) or not balanced(text):
            return False
        han = len(re.findall("[一-鿿]", bare))
        short = han < 2 and len(bare.split()) < 2
        return (
            not short
            and self.length(bare) <= 2 * (most or 60)
            and not text.rstrip().endswith((":", "：", "的", "和", "或"))
        )

    def form(self, meaning: str) -> Form:
        """Tell what kind of phrase a meaning is, so that it can be put into a sentence."""
        if meaning.startswith("是否"):
            return "whether"
        if _CLAUSE.search(meaning):
            return "clause"
        if meaning.startswith(_VERBS):
            return "verb"
        if _MODE.search(meaning):
            return "mode"
        if _NAME.search(meaning) and "，" not in meaning:
            return "name"
        return "deed" if _DEED.search(meaning) and "，" not in meaning else "unsure"

    # Options
    def option_meaning(self, command: str, option: str) -> str:
        return f"{code(command)} 的 {code(option)} 选项有什么作用？"

    def meaning_option(self, command: str, meaning: str, typed: bool = False) -> str:
        meaning, tail = self.choice(meaning), "应加选项 ____。" if typed else "应加哪个选项？"
        where = "____ 选项" if typed else "哪个选项"
        end = "。" if typed else "？"
        match self.form(meaning):
            case "verb" if not meaning.startswith(("不", "仅", "只", "总是", "从不", "当前")):
                return chinese(f"使用 {code(command)} 时，要{meaning}，{tail}")
            case "verb" | "clause":
                return chinese(f"使用 {code(command)} 时，希望{meaning}，{tail}")
            case "whether":
                return chinese(f"{code(command)} 的{where}用来控制{meaning}{end}")
            case "name":
                return chinese(f"{code(command)} 的{where}用于设置{meaning}{end}")
            case "mode":
                return chinese(f"{code(command)} 的{where}用于开启{meaning}{end}")
            case "deed":
                return chinese(f"{code(command)} 的{where}用于{meaning}{end}")
        return chinese(
            f"{code(command)} 的{where}的作用是“{meaning}”{end}"
            if not typed
            else f"在 {code(command)} 的选项中，作用是“{meaning}”的是 ____。"
        )

    def option_statement(self, command: str, option: str, meaning: str) -> str:
        meaning = self.choice(meaning)
        subject = f"{code(command)} 的 {code(option)} 选项"
        match self.form(meaning):
            case "verb" | "deed":
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
        purpose = self.choice(purpose)
        if self.form(purpose) == "verb":
            return chinese(f"要{purpose}，应执行哪条命令？")
        return chinese(f"哪条命令的作用是“{purpose}”？")

    def command_purpose(self, command: str) -> str:
        return f"命令 {code(command)} 的作用是什么？"

    def command_statement(self, command: str, purpose: str) -> str:
        purpose = self.choice(purpose)
        if self.form(purpose) == "verb":
            return chinese(f"命令 {code(command)} 用于{purpose}。")
        return chinese(f"命令 {code(command)} 的作用是：{purpose}。")

    def command_typed(self, tool: str, purpose: str, given: Sequence[str]) -> str:
        purpose = self.choice(purpose)
        named = "、".join(given)
        hint = f"（{named}）" if given else ""
        if self.form(purpose) == "verb":
            return chinese(f"写出 {code(tool)} 命令：{purpose}{hint}。")
        return chinese(f"写出作用是“{purpose}”的 {code(tool)} 命令{hint}。")

    def commands_match(self) -> str:
        return "将命令与其作用配对。"

    def commands_right(self) -> str:
        return "下列关于这些命令的说法，哪些是正确的？（多选）"

    def statements_right(self, about: str) -> str:
        return chinese(
            f"关于“{about}”，下列说法哪些是正确的？（多选）" if about else "下列说法哪些是正确的？（多选）"
        )

    # Terms
    def definition_term(self, definition: str) -> str:
        return chinese(f"“{self.choice(definition)}”描述的是下列哪一项？")

    def term_definition(self, term: str) -> str:
        return chinese(f"下列哪一项是对“{term}”的正确描述？")

    def term_statement(self, term: str, definition: str) -> str:
        return chinese(f"对“{term}”的描述是：{self.choice(definition)}。")

    def term_gap(self, definition: str) -> str:
        return chinese(f"写出下面的描述所指的术语：{self.choice(definition)}。术语：____")

    def terms_match(self) -> str:
        return "将术语与其描述配对。"

    def alias(self, term: str, alias: str) -> str:
        if has_han(term) and not has_han(alias):
            return chinese(f"“{term}”的英文术语是 ____。")
        if has_han(alias) and not has_han(term):
            return chinese(f"英文术语 {term} 对应的中文是 ____。")
        shorter, longer = sorted((term, alias), key=len)
        return chinese(f"缩写 {shorter} 的全称是 ____。" if longer == alias else f"{longer} 的缩写是 ____。")

    # Contrasts, properties, quantities
    def contrast_which(self, first: str, second: str, dimension: str, value: str) -> str:
        about = f"就“{dimension}”而言，" if dimension else ""
        return chinese(f"{about}{shown(first)} 和 {shown(second)} 中，哪一个符合“{self.choice(value)}”？")

    def contrast_value(self, subject: str, other: str, dimension: str) -> str:
        if dimension:
            return chinese(
                f"就“{dimension}”而言，{shown(subject)} 与 {shown(other)} 不同。下列哪一项说的是 {shown(subject)}？"
            )
        return chinese(f"与 {shown(other)} 相比，下列哪一项说的是 {shown(subject)}？")

    def contrast_statement(self, subject: str, dimension: str, value: str) -> str:
        about = f"就“{dimension}”而言，" if dimension else ""
        return chinese(f"{about}{shown(subject)}：{self.choice(value)}。")

    def contrast_match(self, dimension: str) -> str:
        return chinese(f"就“{dimension}”而言，将各项配对。" if dimension else "将各项与其特点配对。")

    def fill(self, sentence: str) -> str:
        return chinese(sentence)

    def fill_choice(self, sentence: str) -> str:
        return chinese(f"{sentence}空格处应填入哪一项？")

    def judge(self, sentence: str) -> str:
        return chinese(sentence)

    # Sequences, outputs, errors
    def order(self, name: str) -> str:
        return chinese(f"请按正确的顺序排列：{name}。")

    def next_step(self, name: str, step: str) -> str:
        return chinese(f"在“{name}”中，紧接在“{step}”之后的是哪一项？")

    def comes_before(self, name: str, first: str, second: str) -> str:
        return chinese(f"在“{self.choice(name)}”中，“{second}”紧接在“{first}”之后。")

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

    # Explanations
    def explanation(self, said: str, passage: str) -> str:
        quoted = chinese(phrase(passage))
        if not quoted or _bare(quoted) in _bare(said):
            return chinese(said)
        return f"{chinese(said)}笔记原文：“{quoted}”。"

    def instead(self, wrong: str, right: str) -> str:
        return chinese(f"“{wrong}”有误，应为“{right}”。")

    def key_is(self, key: str) -> str:
        return chinese(f"答案是{key}。")

    def choice_means(self, choice: str, meaning: str) -> str:
        return chinese(f"而 {choice} 的作用是：{self.choice(meaning)}。")


def shown(subject: str) -> str:
    """Set an option or command as code and leave words as they are."""
    return code(subject) if re.match(r"-{1,2}\w|[a-z]+ [a-z]+$", subject) else subject


def balanced(text: str) -> bool:
    """Tell whether brackets and quotes come in pairs."""
    pairs = ("()", "（）", "[]", "【】", "“”", "「」", "《》", "{}")
    return (
        all(text.count(pair[0]) == text.count(pair[1]) for pair in pairs)
        and not text.count("`") % 2
        and not text.count('"') % 2
    )


def _bare(text: str) -> str:
    return re.sub(r"[\s`，。：；、“”（）()]", "", text)
