"""gunicorn's configuration under `manage.py start`: the server ends when its starter is gone."""

import os
import signal
import threading
from typing import Any


def post_worker_init(worker: Any) -> None:
    """Watch standard input, a pipe held open by the starter; at its end, ask the server to stop."""

    def watch() -> None:
        while os.read(0, 1024):
            pass
        os.kill(worker.ppid, signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()
