"""Pieces of open content: read, made harmless, and refused by name when something is missing."""

from pathlib import Path

import pytest

from handrail.formats.pieces import FaultyPiece, read_piece

CONTENT = Path(__file__).resolve().parents[3] / "content"
GOOD = "---\nid: one\ntitle: A title\nminutes: 3\n---\n## Before\nSome *words* and <script>alert(1)</script>.\n"


def test_a_piece_is_read_and_made_harmless(tmp_path: Path) -> None:
    path = tmp_path / "one.md"
    path.write_text(GOOD)
    piece = read_piece(path)
    assert (piece.id, piece.title, piece.facts["minutes"]) == ("one", "A title", 3)
    assert "<em>words</em>" in piece.html
    assert "script" not in piece.html


@pytest.mark.parametrize("text", ["no front matter", "---\nid: one\n---\ntext", "---\nid: [\n---\ntext"])
def test_a_faulty_piece_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.md"
    path.write_text(text)
    with pytest.raises(FaultyPiece, match=r"broken\.md"):
        read_piece(path)


@pytest.mark.parametrize("path", sorted((CONTENT / "guides").rglob("*.md")), ids=lambda path: path.stem)
def test_every_piece_that_we_ship_can_be_read(path: Path) -> None:
    piece = read_piece(path)
    assert piece.facts["licence"] == "CC-BY-4.0"
    assert piece.id == path.stem
