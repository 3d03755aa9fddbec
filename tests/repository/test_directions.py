"""What import-linter cannot see: models of siblings, string foreign keys, views that touch models, drawers, secrets."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "handrail"
CAPABILITIES = PACKAGE / "capabilities"
DOORS = {"queries", "actions", "rules", "requests"}  # how one capability speaks to another
ORDER = [
    "accounts",
    "people",
    "essentials",
    "schemes",
    "starting_point",
    "pairings",
    "participation",
    "impact",
    "installation",
    "home",
]


def python_files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts)


def imports_of(path: Path) -> Iterator[str]:
    """Modules imported when the program runs (what stands under TYPE_CHECKING is for the type checker)."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def capability_of(path: Path) -> str:
    return path.relative_to(CAPABILITIES).parts[0]


def test_capabilities_speak_through_doors_only() -> None:
    wrong = []
    for path in python_files(CAPABILITIES):
        for module in imports_of(path):
            parts = module.split(".")
            if parts[:2] != ["handrail", "capabilities"] or len(parts) < 4 or parts[2] == capability_of(path):
                continue
            if (ROOT / Path(*parts)).is_dir():  # a folder itself: what is taken from it follows
                continue
            if not DOORS & set(parts[3:5]):  # of the capability, or of one of its folders
                wrong.append(f"{path.relative_to(ROOT)}: {module}")
    assert wrong == []


def test_views_never_touch_a_model() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {module}"
        for path in python_files(CAPABILITIES)
        if path.stem == "views" or "views" in path.parts
        for module in imports_of(path)
        if ".models" in module and module.startswith("handrail.")
    ]
    assert wrong == []


def test_figures_about_groups_have_one_way_out() -> None:
    """Whoever asks the gate comes past small-scheme mode: the door asks it first, and nobody else reaches the gate."""
    gate, door = "handrail.engines.disclosure", CAPABILITIES / "pairings" / "group_figures" / "queries.py"
    naming = [path for path in python_files(PACKAGE) if "disclosure" in path.read_text()]
    reaching = {path for path in naming if any(one.startswith(gate) for one in imports_of(path))}
    assert reaching == {door}
    asked = [node for node in ast.walk(ast.parse(door.read_text())) if isinstance(node, ast.Attribute)]
    lines = {node.attr: node.lineno for node in sorted(asked, key=lambda node: -node.lineno)}
    assert lines["is_small"] < lines["release"]
    tree = ast.parse(door.read_text())
    ways_out = {
        node.name: ast.unparse(node) for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"
    }
    for way in ("released", "cells"):
        assert 0 < ways_out[way].find("_is_small(") < ways_out[way].find("disclosure."), way


def test_an_empty_form_is_a_form() -> None:
    """`request.POST or None` takes one that came empty for a look, and says nothing: `design.forms.sent` knows."""
    for path in python_files(PACKAGE):
        assert not re.search(r"request\.(POST|FILES) or None", path.read_text()), path


def test_string_foreign_keys_point_down() -> None:
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("handrail.capabilities."):
            continue
        own = ORDER.index(model.__module__.split(".")[2])
        for field in (*model._meta.fields, *model._meta.many_to_many):
            if isinstance(field, ForeignKey | ManyToManyField):
                target = field.related_model.__module__.split(".")
                if target[:2] == ["handrail", "capabilities"] and ORDER.index(target[2]) > own:
                    wrong.append(f"{model._meta.label}.{field.name} -> {target[2]}")
    assert wrong == []


def test_foundation_points_at_no_capability() -> None:
    """The account is reached by AUTH_USER_MODEL only."""
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("handrail.foundation.")
        for field in model._meta.fields
        if isinstance(field, ForeignKey)
        and field.related_model.__module__.startswith("handrail.capabilities.")
        and field.related_model._meta.label != "accounts.Account"
    ]
    assert wrong == []


def test_no_drawers() -> None:
    drawers = {
        "util",
        "utils",
        "helper",
        "helpers",
        "common",
        "misc",
        "base",
        "manager",
        "managers",
        "service",
        "services",
    }
    assert [str(path) for path in python_files(PACKAGE) if path.stem in drawers] == []


def test_no_signals_of_ours() -> None:
    wrong = [str(path) for path in python_files(PACKAGE) if re.search(r"@receiver|Signal\(\)", path.read_text())]
    assert wrong == []


def test_files_are_short() -> None:
    """Over 400 lines a file needs a reason, given here."""
    reasons: dict[str, str] = {}
    long = {str(p.relative_to(ROOT)) for p in python_files(PACKAGE) if len(p.read_text().splitlines()) > 400}
    assert long - reasons.keys() == set()


@pytest.mark.slow
def test_nothing_of_this_machine_is_committed() -> None:
    pattern = r"/(work|root|farm)/|registry\.npmjs|pypi\.org/simple|files\.pythonhosted"
    found = subprocess.run(
        ["git", "grep", "-nIE", pattern, "--", ".", ":!tests/repository"], cwd=ROOT, capture_output=True, text=True
    )
    assert found.stdout == ""
