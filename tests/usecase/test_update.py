"""A version file read from folders and from a real https server: only when asked, only over TLS, only a little."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from famgui.base.wording import Wording
from famgui.usecase.update import Notice, Unreadable, look, numbers, standing, understood
from tests.patience import PATIENCE
from tests.usecase.https_of import sends, serving

GOOD = {
    "version": "1.2.0",
    "date": "2026-11-22",
    "notes": {"zh": "<b>新</b>规则包", "en": "new packs"},
    "page": "https://example.org/famgui",
    "sha256": {"famgui.exe": "00"},
    "later": [1],
}
TEXT = json.dumps(GOOD).encode()


class GivenUp(Exception):
    """The user has pressed Cancel."""


def go_on() -> None:
    """Nobody gives up."""


def told(source: str) -> str:
    """Why nothing came of it: the code, after both languages have been found to have a sentence for it."""
    with pytest.raises(Unreadable) as caught:
        look(source, go_on)
    for language in ("zh", "en"):
        assert Wording(language).say("update", caught.value.code, **caught.value.values)
    return caught.value.code


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder whose certificate is trusted; no proxy stands between, and a slow machine is given its time."""
    for module in ("update", "update_line"):
        monkeypatch.setattr(f"famgui.usecase.{module}.TIMEOUT", float(PATIENCE))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    return tmp_path


def test_a_folder_and_its_file_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "共享 文件夹"
    folder.mkdir()
    (folder / "famgui-version.json").write_bytes(b"\xef\xbb\xbf" + TEXT)
    for source in (str(folder), f' "{folder}" ', str(folder / "famgui-version.json")):
        found = look(source, go_on)
        assert found == Notice("1.2.0", date(2026, 11, 22), tuple(GOOD["notes"].items()), GOOD["page"])  # type: ignore[attr-defined, arg-type]
    assert (found.note("zh"), found.note("en")) == ("<b>新</b>规则包", "new packs")


def test_sources_that_cannot_be_used(tmp_path: Path) -> None:
    assert told("  ") == "no-source"
    assert told("famgui") == "no-path"
    assert told(str(tmp_path)) == "no-file"
    assert told("http://example.org/") == "not-https"
    assert told("file:///etc/famgui") == "not-https"
    assert told("https://") == "not-https"
    assert told("https://例子/") == "not-https"
    assert told("https://example.org:port/") == "not-https"
    assert told(f"https://{'a' * 70}.example/") == "unreachable"
    assert told("https://me:secret@example.org/") == "not-plain"
    assert told("https://example.org/?who=me") == "not-plain"
    os.mkfifo(tmp_path / "pipe")
    assert told(str(tmp_path / "pipe")) == "strange-file"
    (tmp_path / "famgui-version.json").write_bytes(b" " * 70_000)
    assert told(str(tmp_path)) == "large"


def test_a_plain_get_over_tls_tells_nothing_about_who_asks(trusted: Path) -> None:
    asked: list[tuple[str, dict[str, str]]] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append((handler.path, {name.lower(): value for name, value in handler.headers.items()}))
        sends(TEXT, **{"Set-Cookie": "a=b"})(handler)

    with serving(trusted, answer) as address:
        assert look(address, go_on).version == "1.2.0"
        assert look(f"{address}dir/other.json", go_on).version == "1.2.0"
        host = address.removeprefix("https://").rstrip("/")
    assert [path for path, _ in asked] == ["/famgui-version.json", "/dir/other.json"]
    plain = {"host": host, "user-agent": "famgui", "accept-encoding": "identity", "connection": "close"}
    assert [headers for _, headers in asked] == [plain, plain]


def test_an_unknown_certificate_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(tmp_path, sends(TEXT)) as address:
        assert told(address) == "certificate"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (sends(b"x" * 200_000), "large"),
        (sends(b"gone", 404), "refused"),
        (sends(b"", 302, Location="http://127.0.0.1:9/famgui-version.json"), "redirect"),
        (sends(b"", 302, Location="file:///etc/passwd"), "refused"),
        (sends(b"\x00\x01"), "no-json"),
        (lambda handler: handler.wfile.write(b"no http at all\r\n\r\n"), "unreachable"),
        (lambda handler: None, "unreachable"),
    ],
    ids=["huge", "404", "redirect to http", "redirect to a file", "no json", "no http", "hangs up"],
)
def test_servers_that_misbehave(trusted: Path, answer: Callable[[BaseHTTPRequestHandler], None], code: str) -> None:
    with serving(trusted, answer) as address:
        assert told(address) == code


def test_a_redirect_within_tls_is_followed(trusted: Path) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        there = handler.path == "/there"
        (sends(TEXT) if there else sends(b"", 301, Location="/there"))(handler)

    with serving(trusted, answer) as address:
        assert look(address, go_on).version == "1.2.0"


def test_nobody_there(trusted: Path) -> None:
    with serving(trusted, sends(TEXT)) as address:
        pass
    assert told(address) == "unreachable"


@pytest.mark.parametrize("begun", [False, True], ids=["silent", "in the middle of the answer"])
def test_giving_up_does_not_wait_for_a_slow_server(trusted: Path, monkeypatch: pytest.MonkeyPatch, begun: bool) -> None:
    only_cutting_helps = 3.0 * PATIENCE  # nothing else would end the waiting of the line before that of the window
    monkeypatch.setattr("famgui.usecase.update_line.TIMEOUT", only_cutting_helps)
    reached, let_go = threading.Event(), threading.Event()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if begun:
            handler.send_response(200)
            handler.end_headers()
            handler.wfile.write(TEXT[:20])
        reached.set()
        let_go.wait(only_cutting_helps)

    def report() -> None:
        if reached.is_set():
            raise GivenUp

    with serving(trusted, answer) as address:
        try:
            with pytest.raises(GivenUp):
                look(address, report)
            assert not let_go.is_set()
            assert not [thread for thread in threading.enumerate() if thread.name == "famgui-update"]
        finally:
            let_go.set()


def test_a_server_that_drips_is_given_up(trusted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("famgui.usecase.update.TIMEOUT", 0.5)
    let_go = threading.Event()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not let_go.wait(0.05):
            handler.wfile.write(b" ")

    with serving(trusted, answer) as address:
        try:
            assert told(address) == "slow"
        finally:
            let_go.set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", "no-notice"),
        ("{}", "no-notice"),
        ('{"version": 1}', "no-notice"),
        ('{"version": "latest"}', "no-version"),
        ('{"version": "1.2.9999999"}', "no-version"),
        ('{"version": "1.2.0", "date": "soon"}', "wrong-entry"),
        ('{"version": "1.2.0", "date": 3}', "wrong-entry"),
        ('{"version": "1.2.0", "notes": "new"}', "wrong-entry"),
        ('{"version": "1.2.0", "notes": {"zh": 1}}', "wrong-entry"),
        ('{"version": "1.2.0", "page": "http://example.org"}', "wrong-entry"),
        ('{"version": "1.2.0", "page": "javascript:alert(1)"}', "wrong-entry"),
        ('{"version": "1.2.0", "page": "https://me@example.org"}', "wrong-entry"),
        ('{"version": "1.2.0", "page": ["https://example.org"]}', "wrong-entry"),
        ("[" * 60_000, "no-json"),
        ("{", "no-json"),
    ],
)
def test_wrong_types_are_told(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        understood(text.encode())
    assert caught.value.code == code


def test_a_bare_version_is_enough_and_notes_lose_what_is_no_text() -> None:
    assert understood(b'{"version": "2.0"}') == Notice("2.0", None, (), "")
    noted = understood(json.dumps({"version": "2.0", "notes": {"en": "a\x07\u202eb\n" + "c" * 5_000}}).encode())
    assert noted.note("zh") == "ab\n" + "c" * 1_997


@pytest.mark.parametrize(
    ("version", "how"),
    [("1.10.0", "newer"), ("1.9.0", "same"), ("1.9", "same"), ("1.8.99", "older"), ("2.0.0", "newer")],
)
def test_versions_are_compared_as_numbers(version: str, how: str) -> None:
    assert standing(version, "1.9.0") == how
    assert numbers("1.9") == (1, 9, 0)


def test_nothing_that_talks_to_servers_is_loaded_with_the_program(tmp_path: Path) -> None:
    code = "import sys, famgui.cli, famgui.ui.launch, famgui.usecase.update\n"
    code += "print([name for name in ('ssl', 'urllib.request', 'http.client') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
