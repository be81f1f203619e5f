"""Paper: pages on which nothing is cut, heads said again, fonts inside the file, the preview that keeps and prints."""

import re
import zlib
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from famgui.ui.paper import Block, Sheet, as_pdf, print_sheet, write_pdf
from famgui.ui.paper_layout import PADDING, Drawn, Page, font_of, line_height, pages
from famgui.ui.shell.page import Shell
from tests.files.pdf_text import text_of
from tests.ui.building import nameless

WIDTH, HEIGHT = 500.0, 700.0


def bill(count: int) -> Sheet:
    """A sheet with a long table, a short one, and an appendix that can be left out."""
    rows = [(str(n), f"药品{n}" * (1 + n % 5 * 4), f"{n:,}.00") for n in range(count)]
    return Sheet(
        "结算单",
        (("使用人", "王芳"), ("日期", "2025-05-10"), ("编号", "v1")),
        (
            Block("费用", [*rows, ("", "合计", "9.00")], ("", "名称", "金额"), frozenset({2}), total=True, wide=1),
            Block("谁来付", [("统筹基金", "1.00")], ("付款方", "金额"), frozenset({1})),
            Block("字段", [("medfee_sumamt", "1.00")], option="字段", shown=False),
            Block(
                "依据",
                [(f"第{n}步" * 40, "HN-03") for n in range(30)],
                ("怎么算", "条款"),
                new_page=True,
                option="依据",
            ),
        ),
        "只供核对",
        "结算单 · 2025-05-10",
        "结算单-2025-05-10",
    )


def texts(page: Page) -> list[str]:
    return ["".join(cell.lines) for _, strip in page for cell in strip.cells]


def check(found: list[Page], width: float, height: float) -> None:
    """Nothing overlaps, nothing stands outside, and no line is wider than its place."""
    assert all(found), "no page is empty"
    for page in found:
        ends = [top + strip.height for top, strip in page]
        assert ends[-1] <= height + 0.01 or len(page) == 1
        assert all(end <= top + 0.01 for end, (top, _) in zip(ends, page[1:], strict=False))
        assert not page[-1][1].kept or page is found[-1], "a heading stands with what it heads"
        for _, strip in page:
            for cell in strip.cells:
                assert cell.left + cell.width <= width + 0.01
                assert len(cell.lines) * line_height(cell.style) + 2 * PADDING <= strip.height + 0.01
            for left, right in pairwise(strip.cells):
                assert left.left + left.width <= right.left + 0.01


def test_long_tables_say_their_head_on_every_page(qapp: QApplication) -> None:
    found = pages(bill(60), None, WIDTH, HEIGHT)
    check(found, WIDTH, HEIGHT)
    with_bill = [page for page in found if any(text.startswith("药品") for text in texts(page))]
    assert len(with_bill) > 1
    assert all(texts(page).count("名称") == 1 for page in with_bill)
    rows = [text for page in found for text in texts(page) if text.startswith("药品")]
    assert rows == [f"药品{n}" * (1 + n % 5 * 4) for n in range(60)], "every row once, in order"


def test_what_is_optional_stands_there_when_it_is_asked_for(qapp: QApplication) -> None:
    sheet = bill(3)
    assert sheet.options == {"字段": False, "依据": True}

    def said(options: set[str] | None) -> list[str]:
        return [text for page in pages(sheet, options, WIDTH, HEIGHT) for text in texts(page)]

    assert "medfee_sumamt" not in said(None) and "依据" in said(None)
    assert "medfee_sumamt" in said({"字段"}) and "依据" not in said({"字段"})


def test_the_appendix_begins_a_page_and_the_closing_line_stands_before_it(qapp: QApplication) -> None:
    for count in range(1, 80):
        found = pages(bill(count), None, WIDTH, HEIGHT)
        check(found, WIDTH, HEIGHT)
        begins = [number for number, page in enumerate(found) if "依据" in texts(page)]
        (first,) = begins
        assert texts(found[first])[0] == "依据"
        assert texts(found[first - 1])[-1] == "只供核对"


def test_a_row_higher_than_a_page_goes_on_line_by_line(qapp: QApplication) -> None:
    long = "很长的说明" * 3_000
    sheet = Sheet("单", (), (Block("甲", [("1", long), ("2", "短")], ("", "内容"), wide=1),), "")
    found = pages(sheet, None, WIDTH, HEIGHT)
    check(found, WIDTH, HEIGHT)
    joined = "".join("".join(cell.lines) for page in found for _, strip in page for cell in strip.cells)
    assert joined.count("说") == 3_000


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.text(st.characters(blacklist_categories=["Cc", "Cs"]), max_size=60),
            st.text("甲乙丙丁 abc-", max_size=200),
            st.integers(0, 10**11).map(lambda n: f"{n:,}.00"),
        ),
        max_size=60,
    ),
    height=st.floats(120, 800),
    width=st.floats(220, 700),
)
def test_any_table_fits_its_pages(
    qapp: QApplication, rows: list[tuple[str, str, str]], height: float, width: float
) -> None:
    sheet = Sheet("单", (("名", "值" * 30),), (Block("表", rows, ("一", "二", "金额"), frozenset({2}), "注"),), "完")
    found = pages(sheet, None, width, height)
    check(found, width, height)
    amounts = [text for page in found for text in texts(page) if text.endswith(".00")]
    assert amounts == [row[2] for row in rows]


def test_rare_characters_are_not_torn(qapp: QApplication) -> None:
    name = "𠮷" * 200
    sheet = Sheet("单", (), (Block("", [(name, "1.00")], (), frozenset({1})),), "")
    said = [cell for page in pages(sheet, None, WIDTH, HEIGHT) for _, strip in page for cell in strip.cells]
    assert "".join(said[1].lines) == name and len(said[1].lines) > 1


def test_sizes_are_points(qapp: QApplication) -> None:
    found = pages(bill(1), None, WIDTH, HEIGHT)
    assert {cell.style.size for _, strip in found[0] for cell in strip.cells} == {18, 12, 10, 9}
    assert font_of(found[0][0][1].cells[0].style).pixelSize() == 18


def test_fonts_are_inside_the_file_and_every_page_is_there(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "sheet.pdf"
    write_pdf(bill(60), path)
    data = path.read_bytes()
    assert data.startswith(b"%PDF-1.")
    fonts = re.findall(rb"/FontName /(\S+)", data)
    assert fonts and data.count(b"/FontFile") == len(fonts), "each font's shapes are embedded"
    width, height = 595 - 2 * 16 / 25.4 * 72, 842 - 2 * 16 / 25.4 * 72 - 24
    assert len(re.findall(rb"/Type /Page\b[^s]", data)) == len(pages(bill(60), None, width, height))


def test_what_is_printed_can_be_searched_and_copied(shell: Shell, tmp_path: Path) -> None:
    rows = [("HN-03", "1,234.56"), ("S1-07 待核", "v12")]
    write_pdf(Sheet("单", (("编号", "v1"),), (Block("条款", rows),), ""), tmp_path / "sheet.pdf")
    said = text_of(tmp_path / "sheet.pdf")
    for text in ("HN-03", "S1-07", "1,234.56", "v12", "v1"):
        assert text in said, said


def test_a_pdf_names_its_characters_as_they_were_written(shell: Shell) -> None:
    """Not by the radicals (⽤ for 用, ⼾ for 户) that share their shapes, bold or not."""
    written = "使用人 户口本 门诊 自付 方大金额 一二八十月日目行支文止工网足面己口力卜厂儿见贝车长飞马鱼鸟龙民青西风页"
    sheet = Sheet(written, ((written[:8], written),), (Block(written, ((written,),), head=(written,)),), written)
    data = as_pdf(sheet)
    said = text_of(data).replace("\n", "")
    assert said.count(written) >= 2
    assert re.findall("[\t\u2e80-\u2fdf\uf900-\ufaff]", said) == []
    kept = PdfReader(BytesIO(data))
    assert kept.metadata is not None and kept.metadata.title == written
    assert kept.root_object["/Lang"] == "zh"


def test_only_greys_are_printed(qapp: QApplication) -> None:
    """A copy in grey shows what the print shows: no colour carries a meaning."""
    drawn = b"".join(
        zlib.decompress(stream)
        for stream in re.findall(rb"stream\r?\n(.*?)endstream", as_pdf(bill(2)), re.DOTALL)
        if stream[:1] == b"\x78"
    )
    colours = set(re.findall(rb"([0-9.]+) ([0-9.]+) ([0-9.]+) (?:rg|RG|scn|SCN)\b", drawn))
    assert len(colours) >= 3, "ink, quiet ink, light rules"
    assert all(red == green == blue for red, green, blue in colours)


def test_a_file_is_written_whole_or_not_at_all(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("kept", "utf-8")
    with pytest.raises(OSError):
        write_pdf(bill(1), tmp_path / "taken" / "sheet.pdf")
    (tmp_path / "sheet.pdf").mkdir()
    with pytest.raises(OSError):
        write_pdf(bill(1), tmp_path / "sheet.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sheet.pdf", "taken"]


def test_the_preview_fits_the_width_counts_chooses_and_keeps(
    zh: None, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1366, 768)
    preview = print_sheet(bill(60), host)
    qtbot.waitExposed(preview)

    def said() -> list[str]:
        return [label.text() for label in preview.findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: preview.pages.pageCount() > 2)
    whole = preview.pages.pageCount()
    assert f"共 {whole} 页" in said()
    assert preview.pages.zoomMode() == preview.pages.ZoomMode.FitToWidth
    assert preview.width() > 700 and preview.height() > 600
    assert nameless(preview) == []
    boxes = {box.text(): box for box in preview.findChildren(QCheckBox)}
    assert {name: box.isChecked() for name, box in boxes.items()} == {"字段": False, "依据": True}
    qtbot.mouseClick(boxes["依据"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: preview.pages.pageCount() < whole)
    with qtbot.waitSignal(preview.kept):
        preview.keep(tmp_path / "单")
    assert (tmp_path / "单.pdf").read_bytes().startswith(b"%PDF")
    assert "✓ 已存为 单.pdf" in said()
    preview.keep(tmp_path / "单.pdf" / "x.pdf")
    assert any(text.startswith("✗ x.pdf 没有写成") for text in said())
    preview.close()


def test_a_block_gives_way_to_another_that_is_asked_for(qapp: QApplication) -> None:
    blocks = (Block("", [("masked",)], unless="full"), Block("", [("whole",)], option="full", shown=False))
    sheet = Sheet("单", (), blocks, "")
    assert sheet.options == {"full": False}
    assert [texts(page)[1:] for page in pages(sheet, None, WIDTH, HEIGHT)] == [["masked"]]
    assert [texts(page)[1:] for page in pages(sheet, {"full"}, WIDTH, HEIGHT)] == [["whole"]]


def test_what_is_drawn_below_a_table_stands_with_its_last_row(qapp: QApplication) -> None:
    for count in range(20, 40):
        rows = [(str(number),) for number in range(count)]
        sheet = Sheet("单", (), (Block("表", rows, drawn=lambda *_: (Drawn(60.0, lambda _: None),)),), "")
        found = pages(sheet, None, WIDTH, HEIGHT)
        last = [strip for _, strip in found[-1]]
        assert last[-1].drawn is not None and last[-2].cells[0].lines == (str(count - 1),)
