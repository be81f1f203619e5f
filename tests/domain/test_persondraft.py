"""A person as typed: what is put right, what is told, what becomes of it. Numbers and phones belong to nobody."""

from datetime import date

import pytest

from famgui.domain.identity import check_digit
from famgui.domain.person import Person
from famgui.domain.persondraft import (
    PersonDraft,
    draft_of,
    draft_problems,
    is_sound,
    normal_phone,
    person_of,
    tidied,
    tidy_name,
)

TODAY = date(2026, 11, 22)
COUNTIES = {"430202"}
NUMBER = "43020219000101002" + check_digit("43020219000101002")


def found(asked=frozenset({"name"}), **typed):
    draft = PersonDraft(**{"name": "周秀英", "insured_place": "430200", **typed})
    return [(p.field, p.code, p.severity) for p in draft_problems(draft, today=TODAY, regions=COUNTIES, asked=asked)]


@pytest.mark.parametrize(
    "name",
    [
        "周秀英",
        "阿依古丽·买买提",
        "\U00020bb7野",
        "\U00031350一",
        "李〇",
        "Anna Maria O'Neil",
        "Jean-Luc",
        "བཀྲ་ཤིས",
        "ئايگۈل",
        "王" * 30,
    ],
)
def test_names_of_every_script_are_taken(name):
    assert found(name=name) == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name-missing"),
        ("  　", "name-missing"),
        ("王" * 31, "name-long"),
        ("王1", "name-digit"),
        ("王２", "name-digit"),
        ("王\x07", "name-character"),
        ("王,芳", "name-character"),
        ("·王", "name-dot"),
        ("王··芳", "name-dot"),
    ],
)
def test_what_is_no_name_is_told(name, code):
    assert found(name=name) == [("name", code, "error")]


def test_a_self_made_character_is_only_odd():
    assert found(name="王\ue123") == [("name", "name-private", "warning")]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" 王 芳 ", "王芳"),
        ("Anna   Maria", "Anna Maria"),
        ("阿依古丽 • 买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
    ],
)
def test_names_are_put_right(typed, name):
    assert tidy_name(typed) == name


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("430202900101002", "id-old"),
        ("43020219000101002", "id-form"),
        (NUMBER + "1", "id-form"),
        ("4302021900010100A9", "id-form"),
        (NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1"), "id-checksum"),
        ("43020219001301002" + check_digit("43020219001301002"), "id-date"),
        ("43020220990101002" + check_digit("43020220990101002"), "id-date"),
    ],
)
def test_what_is_wrong_with_an_id_number_is_told_once(number, code):
    assert found(id_number=number) == [("id_number", code, "error")]


def test_an_unknown_county_is_only_odd():
    number = "99010119000101002" + check_digit("99010119000101002")
    assert found(id_number=number) == [("id_number", "id-region", "warning")]


def test_id_numbers_are_forgiven_blanks_full_width_and_a_small_x():
    first17 = next(f"43020219000101{n:03d}" for n in range(1000) if check_digit(f"43020219000101{n:03d}") == "X")
    typed = f" {first17[:6]} {first17[6:14]}-{first17[14:]}ｘ"
    assert found(id_number=typed) == []
    assert tidied(PersonDraft(id_number=typed)).id_number == f"{first17}X"


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("13800000001", "13800000001"),
        ("+86 138-0000-0001", "13800000001"),
        ("008613800000001", "13800000001"),
        ("１３８０００００００１", "13800000001"),
        ("0731-22334455", "0731-22334455"),
        ("(0731)22334455", "0731-22334455"),
        ("+86 731 22334455", "0731-22334455"),
        ("010-62345678", "010-62345678"),
        ("073122334455转801", "0731-22334455-801"),
    ],
)
def test_phones_are_written_in_one_form(typed, phone):
    assert normal_phone(typed) == phone
    assert found(phone=typed) == []


@pytest.mark.parametrize("typed", ["12800000001", "1380000000", "138000000012", "22334455", "0731-0233445", "phone"])
def test_what_is_no_phone_is_told(typed):
    assert found(phone=typed) == [("phone", "phone-form", "error")]


def test_a_place_may_ask_for_more():
    asked = {"name", "id_number", "phone"}
    assert [code for _, code, _ in found(asked)] == ["id_number-missing", "phone-missing"]
    assert found(asked, id_number=NUMBER, phone="13800000001") == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"insured_place": ""}, ("insured_place", "insured_place-missing", "error")),
        ({"insured_place": "株洲"}, ("insured_place", "place-form", "error")),
        ({"insured_place": "43020"}, ("insured_place", "place-form", "error")),
        ({"born": date(2027, 1, 1)}, ("born", "born-future", "error")),
        ({"born": date(1901, 1, 1), "id_number": NUMBER}, ("born", "born-unlike", "warning")),
        ({"single_pool": True, "insurance": "resident"}, ("single_pool", "single-pool-only-employee", "error")),
        ({"tier": "档" * 31}, ("tier", "tier-form", "error")),
    ],
)
def test_other_fields(typed, told):
    assert found(**typed) == [told]


def test_warnings_keep_nothing_from_being_taken():
    odd = PersonDraft("周秀英", NUMBER, insured_place="430200", born=date(1901, 1, 1))
    assert is_sound(odd, today=TODAY, regions=COUNTIES)
    assert not is_sound(PersonDraft(), today=TODAY, regions=COUNTIES)


def test_the_person_of_a_draft_and_back():
    draft = PersonDraft(" 周秀英", NUMBER, "138 0000 0001", "employee", "retired", False, "430200")
    person = person_of(draft, "p1")
    assert person == Person(
        "p1", "employee", "430200", "周秀英", NUMBER, "retired", has_account=True, phone="13800000001"
    )
    assert person_of(draft_of(person), "p1") == person
    assert not person_of(PersonDraft(single_pool=True, insured_place="430200"), "p1").has_account
    for other in (
        Person("x", "resident", "430200", concession="orphan", tier="一档", suspended=TODAY, born=TODAY),
        Person("x", "none", "350000", "B"),
        Person("x", "employee", "430200", status="flexible"),
    ):
        assert person_of(draft_of(other), "x") == other
