"""The locked requirements: what pyproject.toml asks for, by hash, and naming no registry."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.machine import BASE_DIR

PROJECT = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())
RUN = PROJECT["project"]["dependencies"]
DEV = [*RUN, *PROJECT["dependency-groups"]["dev"]]
FILES = ("requirements.txt", "requirements-dev.txt")


def pins(name: str) -> dict[str, list[Requirement]]:
    """Return the locked requirements of a file by name; a name may be locked per Python version."""
    found: dict[str, list[Requirement]] = {}
    for line in (BASE_DIR / name).read_text().splitlines():
        if re.match(r"[a-zA-Z0-9]", line):
            requirement = Requirement(line.rstrip("\\ "))
            found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


@pytest.mark.parametrize(("name", "asked"), [(FILES[0], RUN), (FILES[1], DEV)], ids=FILES)
def test_every_dependency_is_locked_to_a_version_it_allows(name, asked):
    locked = pins(name)

    for requirement in map(Requirement, asked):
        for pin in locked[canonicalize_name(requirement.name)]:
            version = next(iter(pin.specifier)).version
            assert requirement.specifier.contains(version, prereleases=True), f"{requirement} against {pin}"


@pytest.mark.parametrize("name", FILES)
def test_every_locked_package_is_exact_and_hashed_and_no_address_is_named(name):
    text = (BASE_DIR / name).read_text()
    entries = re.split(r"\n(?=[a-zA-Z0-9])", "\n" + re.sub(r"(?m)^\s*#.*\n", "", text))[1:]

    assert "://" not in text
    assert "index-url" not in text
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert all(re.match(r"\S+==", entry) for entry in entries)


def test_the_tests_run_on_the_very_versions_that_are_served():
    served, tested = pins(FILES[0]), pins(FILES[1])

    assert {name: sorted(map(str, found)) for name, found in served.items()} == {
        name: sorted(map(str, tested[name])) for name in served
    }
