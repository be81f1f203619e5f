"""How names sound."""

import pytest

from famgui.base.pinyin import sound_of


@pytest.mark.parametrize(
    ("name", "sounds"),
    [
        ("周秀英", ["zhouxiuying", "zxy"]),
        ("欧阳修", ["ouyangxiu", "oyx"]),
        ("单雄信", ["shanxiongxin", "danxiongxin", "sxx"]),
        ("曾参", ["zengshen", "cengcan", "zs"]),
        ("阿依古丽·买买提", ["ayigulimaimaiti", "ayglmmt"]),
        ("王重阳", ["wangzhongyang", "wangchongyang", "wzy", "wcy"]),
        ("王 Wang", ["wangwang"]),
        ("Anna Li", ["annali"]),
        ("", [""]),
        ("··", [""]),
    ],
)
def test_every_reading_is_there(name, sounds):
    found = sound_of(name).split(" ")
    assert [sound for sound in sounds if sound not in found] == []


def test_a_name_of_many_readings_stays_short():
    assert len(sound_of("行重乐長曾单查" * 4).split(" ")) <= 48


def test_a_character_that_no_table_has_stands_as_it_is():
    assert sound_of("𠮷田").split(" ") == ["𠮷tian", "𠮷t"]
