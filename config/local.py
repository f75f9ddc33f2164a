"""A checkout's own keys: what makes `make run` and `manage.py` work with no environment to set."""

import os
import secrets
from pathlib import Path


def prepare(var_dir: Path) -> None:
    """Write `var/env` with a fresh secret, once; leave it alone where the environment has one."""
    env_file = var_dir / "env"
    if "SECRET_KEY" in os.environ or env_file.exists():
        return

    var_dir.mkdir(mode=0o700, exist_ok=True)
    draft = var_dir / f"env.{os.getpid()}"
    draft.touch(mode=0o600)
    draft.write_text(f"SECRET_KEY={secrets.token_urlsafe(48)}\n")
    try:
        os.link(draft, env_file)  # atomic, and the first of two starters wins
    except FileExistsError:
        pass
    finally:
        draft.unlink()
