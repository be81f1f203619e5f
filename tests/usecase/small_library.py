"""A small policy library of invented rules: a nation, two provinces and a city, to compare and to link."""

from collections.abc import Mapping
from pathlib import Path

from famgui.policy.library import Library

_HEAD = 'format = 1\nplace = "{place}"\nname = {{ zh = "{zh}", en = "{en}" }}\nversion = "1"\nchecked_on = 2026-01-01\n'

_PACKS = {
    "000000": (
        "全国",
        "China",
        """
[[clause]]
id = "T-01"
topic = "relation"
statement = "可以绑定配偶、父母、子女。"
grade = "A"
from = 2021-01-01

[[clause]]
id = "T-02"
topic = "order"
statement = "共济账户按优先次序支付。"
grade = "K"

[[value]]
key = "binding.relations"
value = ["spouse", "parent", "child"]
from = 2021-01-01
clause = "T-01"

[[value]]
key = "account.order"
value = "priority"
clause = "T-02"
""",
    ),
    "430000": (
        "湖南省",
        "Hunan",
        """
[[clause]]
id = "TA-01"
topic = "binding_limit"
statement = "同时最多绑定3人。"
value = "3"
unit = "人"
grade = "B"
from = 2022-01-01
until = 2023-12-31

[[clause]]
id = "TA-02"
topic = "binding_limit"
statement = "同时最多绑定5人。"
value = "5"
unit = "人"
grade = "B"
from = 2024-01-01
conflicts = ["TA-09", "TX-01"]
source = { title = "省里的通知", doc_no = "某医保发〔2023〕9号", url = "https://example.org/a" }

[[clause]]
id = "TA-03"
topic = "opd_employee"
statement = "三级医院支付60%，退休人员支付65%。"
value = "60/65"
unit = "%"
grade = "C"

[[clause]]
id = "TA-09"
topic = "binding_limit"
statement = "另有网页称最多绑定8人。"
value = "8"
unit = "人"
grade = "D"

[[value]]
key = "binding.at-once"
value = 3
from = 2022-01-01
until = 2023-12-31
clause = "TA-01"

[[value]]
key = "binding.at-once"
value = 5
from = 2024-01-01
clause = "TA-02"

[[value]]
key = "pool.ratio"
when = { benefit = "outpatient", insurance = "employee", level = "tertiary" }
value = "0.60"
clause = "TA-03"

[[value]]
key = "pool.ratio"
when = { benefit = "outpatient", insurance = "employee", level = "tertiary", status = "retired" }
value = "0.65"
clause = "TA-03"
""",
    ),
    "430200": (
        "株洲市",
        "Zhuzhou",
        """
[[clause]]
id = "TB-01"
topic = "binding_limit"
statement = "本市同时最多绑定7人。"
value = "7"
unit = "人"
grade = "D"
from = 2025-01-01
conflicts = ["TA-02"]

[[clause]]
id = "TB-02"
topic = "threshold"
statement = "只能用历年结余。"
grade = "S"

[[value]]
key = "binding.at-once"
value = 7
from = 2025-01-01
clause = "TB-01"
""",
    ),
    "310000": (
        "上海市",
        "Shanghai",
        """
[[clause]]
id = "TC-01"
topic = "opd_employee"
statement = "二级、三级医院支付70%。"
grade = "B"

[[clause]]
id = "TC-02"
topic = "threshold"
statement = "只能用历年结余。"
grade = "B"

[[value]]
key = "pool.ratio"
when = { benefit = "outpatient", insurance = "employee", level = ["secondary", "tertiary"], status = "active" }
value = "0.70"
clause = "TC-01"

[[value]]
key = "account.prior-years-only"
value = true
clause = "TC-02"
""",
    ),
}


def small_library(folder: Path, more: Mapping[str, str] | None = None) -> Library:
    """The library, its packs written to a folder; `more` stands at the end of a place's pack."""
    for place, (zh, en, body) in _PACKS.items():
        text = _HEAD.format(place=place, zh=zh, en=en) + body + (more or {}).get(place, "")
        (folder / f"{place}.toml").write_text(text, "utf-8")
    found = Library([folder], None)
    assert not found.faults, found.faults
    return found
