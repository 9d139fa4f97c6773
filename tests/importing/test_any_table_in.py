"""Whatever lies on a shared drive, an import ends in rows and a list of what was left out, or in one reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from careersheets.model.errors import FileRefused
from careersheets.workflows.importing.foreign_files import read_foreign
from careersheets.workflows.importing.imported import preview
from careersheets.workflows.importing.mapping import load_mapping, save_mapping
from careersheets.workflows.importing.table import read_table
from tests.support.shared_data import shared_data

pytestmark = pytest.mark.requirement("F7", "X1")

# Every so manieth file, so that the test stays short.
STEP = 15


def test_odd_workbooks_end_in_rows_or_in_a_reason(tmp_path: Path) -> None:
    files = sorted(path for path in shared_data("corpus").rglob("*.xls*") if path.is_file())
    read = 0
    for path in files[::STEP]:
        try:
            imported, mapping = read_table(path)
        except FileRefused:
            continue
        kept = tmp_path / "kept.toml"
        save_mapping(mapping, kept, path.name)
        assert load_mapping(kept) == mapping, path.name
        assert preview(imported) is not None
        read += 1
    assert read > len(files[::STEP]) / 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty or is not a text file"),
        (b"a,b\n\x00\x01,2\n", "is empty or is not a text file"),
        (b'a,b\n"' + b"x" * 200_000, "has a cell without end"),
        (b"," * 3_000, "has more rows or columns"),
    ],
)
def test_a_bad_text_file_is_refused_with_a_reason(data: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(data)
    with pytest.raises(FileRefused, match=says):
        read_table(path)


def test_a_folder_or_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name in ("folder.csv", "nothing.csv"):
        with pytest.raises(FileRefused):
            read_foreign(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_recognised(encoding: str, delimiter: str, tmp_path: Path) -> None:
    lines = ["Größe,Name,Ort", 'é,"Zoë, B",x', "=1+1,-2,@y"]
    text = "\n".join(line.replace(",", delimiter).replace(f"Zoë{delimiter} B", "Zoë, B") for line in lines)
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))
    (grid,) = read_foreign(path).values()
    assert grid.row(1) == ["Größe", "Name", "Ort"]
    assert grid.row(2) == ["é", "Zoë, B", "x"]
    assert grid.row(3) == ["=1+1", "-2", "@y"], "what looks like a formula stays text"
