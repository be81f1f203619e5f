"""Every reason that the people modules give, and every problem of a draft, has its sentence in both languages."""

import re
import tomllib

import pytest

from tests.store.making import REPOSITORY

PEOPLE = re.compile(r'Refusal\("([A-Z_]+)"')
DRAFT = re.compile(r'"((?:name|id|phone|place|born|tier|single-pool)-[a-z-]+)"')


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_has_a_sentence_and_every_sentence_a_reason(language):
    table = tomllib.loads((REPOSITORY / "resources" / "i18n" / f"{language}.toml").read_text("utf-8"))
    sources = [path.read_text("utf-8") for path in (REPOSITORY / "famgui" / "usecase").glob("people*.py")]
    codes = {code for source in sources for code in PEOPLE.findall(source)}
    assert codes | {"use-dated"} == set(table["people"])
    draft = (REPOSITORY / "famgui" / "domain" / "persondraft.py").read_text("utf-8")
    missing = {f"{field}-missing" for field in ("name", "id_number", "phone", "insured_place")}
    assert set(DRAFT.findall(draft)) | missing == set(table["draft"])
