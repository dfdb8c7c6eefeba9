"""What became of a text when an author went over its line."""

from __future__ import annotations

import pytest

from quizzes.rewording import became, grown, mended, remark, reworded


@pytest.mark.parametrize(
    ("old", "new", "added"),
    [
        ("移除一个网络。", "移除一个网络（常用）。", "（常用）"),
        ("移除一个网络", "移除一个网络，请牢记", "，请牢记"),
        ("a 用于移除一个网络。而 b 的作用是：列出网络；c", "a 用于移除一个网络。而 b 的作用是：列出网络，按名字；c", "，按名字"),
        ("`b`: List networks.", "`b`: List networks, by name.", ", by name"),
        ("`b`: List networks.", "`b`: List networks (short form: ls).", " (short form: ls)"),
        ("移除一个网络。", "强制移除一个网络。", ""),
        ("移除一个网络。", "移除一个网络吧。", ""),
        ("移除一个网络。", "移除一个网络（已废弃）。", ""),
        ("移除一个网络。", "移除一个网络，但不移除容器。", ""),
        ("`b`: List networks.", "`b`: List networks (never the default one).", ""),
        ("移除一个网络（常用）。", "移除一个网络。", ""),
        ("移除一个网络。", "移除一个网络。", ""),
    ],
)
def test_a_remark_is_told_from_what_changes_the_sense(old: str, new: str, added: str) -> None:
    assert remark(old, new) == added


def test_a_text_grows_by_words_in_any_place():
    assert grown("移除一个网络", "强制移除一个旧网络")
    assert grown("removes a network", "removes `a` user-defined network")
    assert not grown("removes a network", "a network removes things")
    assert not grown("移除一个网络", "移除一个网络")


def test_a_mended_slip_is_told_from_other_words():
    assert mended("移除一个网洛", "移除一个网络")
    assert mended("removes a netwrok", "removes a network")
    assert not mended("removes a network", "removes a network and its endpoints")
    assert reworded("removes one of the networks", "removes one of the engine's networks")
    assert not reworded("移除一个网络", "查看数据卷的大小")


def test_of_several_texts_the_likeliest_is_what_became_of_one():
    assert became(["重启一个容器"], ["启动一个容器", "重启一个容器（常用）"]) == {"重启一个容器（常用）": "重启一个容器"}
