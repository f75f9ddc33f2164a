"""What `make check` asks of the project as a whole, before the suite: migrations, deployment, schema."""

import os
import secrets
import subprocess
import sys

from tests.machine import BASE_DIR

CHECKS = {
    "migrations are complete": ["makemigrations", "--check", "--dry-run", "--verbosity", "0"],
    "fit to be deployed": ["check", "--deploy", "--fail-level", "WARNING"],
    "the API's schema is sound": ["spectacular", "--validate", "--fail-on-warn", "--file", os.devnull],
}


def main() -> int:
    environment = {
        **os.environ,
        "SECRET_KEY": secrets.token_urlsafe(48),
        "DEBUG": "0",
        "HTTPS": "1",
        "DATABASE_URL": "sqlite://:memory:",
    }
    failed = False
    for name, arguments in CHECKS.items():
        command = [sys.executable, "manage.py", *arguments]
        code = subprocess.run(command, cwd=BASE_DIR, env=environment).returncode
        sys.stdout.write(f"{'ok    ' if code == 0 else 'FAILED'}  {name}\n")
        sys.stdout.flush()
        failed |= code != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
