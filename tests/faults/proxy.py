"""A door before a broker that a test can freeze, shut and open: what a dead network or a killed broker is."""

import contextlib
import selectors
import socket
import threading
import time
from urllib.parse import urlsplit, urlunsplit


class Door:
    """Forwards a free local port to a broker until it is frozen or shut."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.broker = (parts.hostname or "127.0.0.1", parts.port or 0)
        self.listener = self._listen(0)
        self.port = self.listener.getsockname()[1]
        account, at, _ = parts.netloc.rpartition("@")
        self.url = urlunsplit(parts._replace(netloc=f"{account}{at}127.0.0.1:{self.port}"))
        self.frozen, self.ended = threading.Event(), threading.Event()
        self.pairs: list[tuple[socket.socket, socket.socket]] = []
        threading.Thread(target=self._serve, daemon=True).start()

    @staticmethod
    def _listen(port: int) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen()
        listener.settimeout(0.1)
        return listener

    def freeze(self) -> None:
        """Take connections and bytes, and answer nothing."""
        self.frozen.set()

    def shut(self) -> None:
        """Cut every connection and refuse new ones, as when the broker was killed."""
        self.listener.close()
        self._cut()
        time.sleep(0.3)  # a thread that is about to accept holds the port a little longer

    def open(self) -> None:
        """Be the broker again; what was cut or lay frozen is gone."""
        self._cut()
        self.frozen.clear()
        if self.listener.fileno() < 0:
            self.listener = self._listen(self.port)

    def end(self) -> None:
        self.ended.set()
        self.shut()

    def _cut(self) -> None:
        for pair in self.pairs:
            for end in pair:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
        self.pairs = []

    def _serve(self) -> None:
        while not self.ended.wait(0.01):
            with contextlib.suppress(OSError):
                near, _ = self.listener.accept()
                far = socket.create_connection(self.broker, timeout=5)
                self.pairs.append((near, far))
                threading.Thread(target=self._forward, args=(near, far), daemon=True).start()

    def _forward(self, near: socket.socket, far: socket.socket) -> None:
        with selectors.DefaultSelector() as waiting, contextlib.suppress(OSError, ValueError):
            for one, other in ((near, far), (far, near)):
                one.setblocking(True)
                waiting.register(one, selectors.EVENT_READ, other)
            while not self.ended.is_set():
                for key, _ in waiting.select(0.2):
                    taken = key.fileobj.recv(65_536)
                    if not taken:
                        near.close(), far.close()
                        return
                    if not self.frozen.is_set():
                        key.data.sendall(taken)
