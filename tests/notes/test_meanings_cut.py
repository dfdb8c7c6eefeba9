"""What an option does is cut out of what a note says of it."""

from __future__ import annotations

import pytest

from notes.text import clean_meaning


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("保留文件的权限（超级用户默认此项）", "保留文件的权限"),
        ("目录递归（默认）", "目录递归"),
        ("restore the owner (default for root)", "restore the owner"),
        ("不要恢复修改时间", "不恢复修改时间"),
        ("遇到坏块时不要退出", "遇到坏块时不退出"),
        ("要不要恢复由你决定", "要不要恢复由你决定"),
    ],
)
def test_who_has_it_by_default_goes_and_a_negation_reads_as_chinese(said, meaning):
    assert clean_meaning(said)[0] == meaning
