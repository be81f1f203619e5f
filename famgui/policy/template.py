"""A new pack to fill in: valid as it stands, every kind of entry shown as a comment to copy."""

import json
from datetime import date

from famgui.base.pinyin import sound_of

_TEXT = """\
# 规则包：{zh}。怎么填见 docs/write-a-pack.md；写好后运行 famgui pack check 本文件，或在“政策 - 规则包”里导入。
# # 后面是说明。要用下面的样例，删去该段每行开头的“# ”，再改成本地的规定。
# 日期不加引号：2026-01-01；金额、比例加引号："500.00"、"0.60"；数量不加引号：10；是否写 true 或 false。
format = 1
place = {place}              # 六位行政区划代码（GB/T 2260）；地级市以 00 结尾
name = {{ zh = {zh_quoted}, en = {en_quoted} }}
version = "{today:%Y.%m}"             # 每次修改都换一个更大的
checked_on = {today}           # 最后一次与原文核对的日期；太久没核对会提示过期

# ==== 条款：当地是怎么规定的，一条一段 ====
# 编号自己起：大写字母和数字，中间一个“-”，全部规则包里不能重复。
#
# [[clause]]
# id = "XX-01"
# topic = "binding"                     # 主题，如 relation 亲属、binding_limit 人数、opd_employee 职工门诊
# # 用自己的话写，单独读也能懂，写在一行里：
# statement = "职工可以绑定已参加基本医保的配偶、父母、子女，最多同时绑定10人。"
# value = "10"                          # 可不写：条款里的关键数字
# unit = "人"
# grade = "A"                           # A 官方原文 | B 官方转述 | C 多源一致 | D 来源较弱 | S 仅来源文章 | K 背景
# from = 2024-01-01                     # 从哪天起；不知道就不写
# # until = 2026-12-31                  # 到哪天止；仍有效或不知道就不写
# # conflicts = ["XX-02"]               # 与哪些别的条款说法不一；没有就不写
# # note = "备注"
# source = {{ title = "文件或网页的标题", doc_no = "文号", url = "https://example.gov.cn/" }}

# ==== 数值：计算器用什么，每个数值写明依据的条款 ====
# 不写的数值随本省和全国；没有写 pool.ratio 的待遇，统筹不付。全部的键见 docs/policy-packs.md。
# 首日 from 一般与条款相同；不写，以前的就诊也会用它。
#
# ---- 绑定 ----
# [[value]]
# key = "binding.at-once"               # 一名授权人同时可绑定几人
# value = 10
# from = 2024-01-01
# clause = "XX-01"
#
# [[value]]
# key = "binding.relations"             # 可绑定的亲属
# value = ["spouse", "parent", "child"] # 配偶、父母、子女；其他亲属的写法见 docs/write-a-pack.md
# from = 2024-01-01
# clause = "XX-01"
#
# ---- 门诊统筹：职工在职、三级医院 ----
# [[value]]
# key = "pool.ratio"                    # 统筹支付比例
# when = {{ benefit = "outpatient", insurance = "employee", status = "active", level = "tertiary" }}
# value = "0.60"
# from = 2024-01-01
# clause = "XX-01"
#
# [[value]]
# key = "pool.deductible.year"          # 年度起付线（元）
# when = {{ benefit = "outpatient", insurance = "employee" }}
# value = "300.00"
# from = 2024-01-01
# clause = "XX-01"
#
# [[value]]
# key = "pool.cap.year"                 # 统筹年度限额（元）
# when = {{ benefit = "outpatient", insurance = "employee", status = "active" }}
# value = "1500.00"
# from = 2024-01-01
# clause = "XX-01"
# doubt = "只在一处见到"                 # 拿不准就写明原因，结果会标“待核”
#
# ---- 个人账户 ----
# [[value]]
# key = "account.keep"                  # 共济时授权人账户须保留的余额（元）
# value = "500.00"
# from = 2024-01-01
# clause = "XX-01"
"""


def new_pack(place: str, zh: str, en: str, today: date) -> str:
    """The text of a new pack for a place; names may hold anything that is printed."""
    return _TEXT.format(place=_quoted(place), zh=zh, zh_quoted=_quoted(zh), en_quoted=_quoted(en), today=today)


def english_name(zh: str) -> str:
    """A place's name as maps write it: 株洲市 is Zhuzhou. Where that cannot be told, the name itself."""
    bare = next((zh.removesuffix(end) for end in _NATURE if zh.endswith(end) and len(zh) > len(end) + 1), zh)
    return sound_of(bare).split(" ")[0].capitalize() or zh


def sounds_like(en: str, zh: str) -> bool:
    """Whether an English name has the sound of a place's first two characters in it: Xiangtan (Hunan) for 湘潭市."""
    letters = "".join(character for character in en.lower() if character.isalnum())
    readings = (reading for reading in sound_of(zh[:2]).split(" ") if len(reading) > len(zh[:2]))
    return en == zh or any(reading in letters for reading in readings)


_NATURE = ("省", "市", "自治区", "特别行政区")


def _quoted(text: str) -> str:
    """A text as TOML writes it in quotes."""
    return json.dumps(text, ensure_ascii=False)
