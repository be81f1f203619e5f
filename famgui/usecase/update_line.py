"""The question to a server: a plain GET over TLS, wherever it sends us, with nothing that tells who asks."""

import contextlib
import socket
import ssl
import time
from http.client import HTTPException, HTTPSConnection
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from famgui.usecase.update_limits import LARGEST, TIMEOUT, Unreadable


class Line:
    """One question. `read` waits for the answer; `give_up`, from another thread, wakes it."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._socket: socket.socket | None = None

    def read(self) -> bytes:
        """The answer, cut off a byte beyond the largest. Raises `Unreadable`, OSError."""
        end = time.monotonic() + TIMEOUT
        opener = build_opener(_Over(self), _Redirect)
        opener.addheaders = [("User-Agent", "famgui")]
        read = b""
        try:
            with opener.open(self._address, timeout=TIMEOUT) as response:
                while len(read) <= LARGEST and (piece := response.read1(LARGEST)):
                    read += piece
                    if time.monotonic() > end:
                        raise Unreadable("slow", seconds=int(TIMEOUT))
        except HTTPError as error:
            error.close()
            raise Unreadable("refused", status=error.code) from None
        except HTTPException as error:
            raise Unreadable("unreachable", reason=str(error) or type(error).__name__) from None
        return read

    def give_up(self) -> None:
        """Cut the line, so that who waits for it wakes up."""
        if self._socket is not None:
            with contextlib.suppress(OSError, ValueError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def connected(self, by: socket.socket) -> None:
        """What `give_up` has to cut."""
        self._socket = by


class _Over(HTTPSHandler):
    def __init__(self, line: Line) -> None:
        super().__init__(context=ssl.create_default_context())
        self._line = line

    def https_open(self, req: Request) -> Any:
        def connection(host: str, **options: Any) -> HTTPSConnection:
            return _Connection(self._line, host, **options)

        return self.do_open(connection, req, context=self._context)  # type: ignore[attr-defined]


class _Connection(HTTPSConnection):
    def __init__(self, line: Line, host: str, **options: Any) -> None:
        super().__init__(host, **options)
        self._line = line

    def connect(self) -> None:
        super().connect()
        self._line.connected(self.sock)


class _Redirect(HTTPRedirectHandler):
    def redirect_request(self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: str) -> Any:
        if urlsplit(newurl).scheme != "https":
            fp.close()
            raise Unreadable("redirect", address=newurl[:200])
        return super().redirect_request(req, fp, code, msg, headers, newurl)
