"""Drafts are saved over and over, offered back, and dropped."""

from datetime import timedelta

from famgui.usecase.draft import drop, drop_kind, load, save
from tests.store.making import NOW, everything, new_book


def test_a_draft_s_life(tmp_path):
    with new_book(tmp_path) as book:
        before = everything(book.path)["audit"]
        body = {"patient": "王", "items": [{"amount": "1.00"}], "level": None}
        first, changes = save(book, "settlement", body, now=NOW)
        assert changes.drafts == {first}
        again, _ = save(book, "settlement", {**body, "level": "tertiary"}, now=NOW, draft_id=first)
        assert again == first
        second, _ = save(book, "settlement", {}, now=NOW + timedelta(minutes=1))
        save(book, "binding", {"x": 1}, now=NOW)
        assert [(draft.id, draft.body) for draft in load(book, "settlement")] == [
            (second, {}),
            (first, {**body, "level": "tertiary"}),
        ]
        assert drop(book, second, now=NOW).drafts == {second}
        assert not drop(book, second, now=NOW)
        assert [draft.id for draft in load(book, "settlement")] == [first]
        assert everything(book.path)["audit"] == before, "a draft is no record"


def test_a_draft_dropped_meanwhile_is_saved_anew(tmp_path):
    with new_book(tmp_path) as book:
        first, _ = save(book, "settlement", {"a": 1}, now=NOW)
        drop(book, first, now=NOW)
        save(book, "settlement", {"a": 2}, now=NOW, draft_id=first)
        assert [draft.body for draft in load(book, "settlement")] == [{"a": 2}]


def test_an_id_that_was_given_again_is_nobody_else_s(tmp_path):
    with new_book(tmp_path) as book:
        first, _ = save(book, "settlement-1", {"a": 1}, now=NOW)
        drop(book, first, now=NOW)
        again, _ = save(book, "wizard-1", {"b": 2}, now=NOW)
        assert again == first, "the file gives an id that is free to the next draft"
        save(book, "settlement-1", {"a": 3}, now=NOW, draft_id=first)
        assert [draft.body for draft in load(book, "wizard-1")] == [{"b": 2}]
        assert drop_kind(book, "settlement-1", now=NOW).drafts and not drop_kind(book, "settlement-1", now=NOW)
        assert [draft.body for draft in load(book, "wizard-1")] == [{"b": 2}]
