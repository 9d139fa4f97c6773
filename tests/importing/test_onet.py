"""O*NET: what is proposed, what is left out and named, and the text edition of a release."""

from __future__ import annotations

from pathlib import Path

import pytest

from careersheets.analysis.attributions import attributions
from careersheets.workflows.importing.imported import Imported
from careersheets.workflows.importing.onet import UnknownOccupations, import_onet, rounded
from careersheets.workflows.importing.onet_ladders import BadLadder, Ladder, parse_ladder
from careersheets.workflows.importing.onet_release import NoRelease
from tests.support.shared_data import shared_data
from tests.support.tables import tables_from

pytestmark = pytest.mark.requirement("F7")

RATED = (
    "O*NET-SOC Code",
    "Title",
    "Element ID",
    "Element Name",
    "Scale ID",
    "Data Value",
    "Recommend Suppress",
    "Not Relevant",
)
RATINGS = [
    ("11-0001.00", "2.A.1", "Speaking", "IM", "4", "N", ""),
    ("11-0001.00", "2.A.1", "Speaking", "LV", "4.75", "N", "N"),
    ("11-0001.00", "2.A.2", "Writing", "IM", "3.5", "N", ""),
    ("11-0001.00", "2.A.2", "Writing", "LV", "4.74", "Y", "N"),
    ("43-0001.00", "2.A.1", "Speaking", "IM", "3", "N", ""),
    ("43-0001.00", "2.A.1", "Speaking", "LV", "2.2", "N", "N"),
    ("43-0001.00", "2.A.2", "Writing", "IM", "3", "N", ""),
    ("43-0001.00", "2.A.2", "Writing", "LV", "3", "N", "N"),
    ("43-0001.00", "2.A.3", "Repairing", "IM", "1", "N", ""),
    ("43-0001.00", "2.A.3", "Repairing", "LV", "0", "N", "Y"),
    ("43-0001.00", "2.A.4", "Planning", "IM", "2.9", "N", ""),
    ("43-0001.00", "2.A.4", "Planning", "LV", "3", "N", "N"),
]


@pytest.fixture
def text_release(tmp_path: Path) -> Path:
    """A release of our own in the text edition, tab-separated, in a folder named as the official one."""
    folder = tmp_path / "db_30_1_text"
    folder.mkdir()

    def write(name: str, *rows: tuple[str, ...]) -> None:
        (folder / f"{name}.txt").write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")

    write(
        "Occupation Data",
        ("O*NET-SOC Code", "Title", "Description"),
        ("11-0001.00", "Office Managers", "Lead offices."),
        ("43-0001.00", "Office Clerks", "Keep offices; file letters."),
        ("43-0002.00", "Clerks, All Other", "Do the rest."),
        ("51-0001.00", "Bakers", "Bake."),
    )
    write("Skills", RATED, *[(code, "", *rest) for code, *rest in RATINGS])
    write("Job Zones", ("O*NET-SOC Code", "Job Zone"), ("11-0001.00", "4"), ("43-0001.00", "2"))
    write(
        "Related Occupations",
        ("O*NET-SOC Code", "Related O*NET-SOC Code", "Relatedness Tier", "Index"),
        ("43-0001.00", "11-0001.00", "Primary-Short", "1"),
    )
    write(
        "Level Scale Anchors",
        ("Element ID", "Element Name", "Scale ID", "Anchor Value", "Anchor Description"),
        ("2.A.1", "Speaking", "LV", "2", "Greet a visitor"),
        ("2.A.1", "Speaking", "LV", "4", "Explain a form"),
    )
    return folder


def levels_of(imported: Imported) -> dict[str, tuple[str, str, int, tuple[str, ...]]]:
    return {
        r["level_code"]: (r["family"], r["track"], r["rank"], r["next_levels"])
        for r in imported.rows["Levels"]
    }


def test_the_text_edition_gives_levels_weights_anchors_and_a_ladder(text_release: Path) -> None:
    imported = import_onet(text_release, ["43-0001", "11-0001.00"])
    assert levels_of(imported) == {
        "43-0001.00": ("Office and administrative support", "IC", 1, ("11-0001.00",)),
        "11-0001.00": ("Office and administrative support", "Management", 2, ()),
    }
    asked = {(r["level_code"], r["competency_id"]): r for r in imported.rows["Expectations"]}
    assert {key: (row["required"], row["weight"]) for key, row in asked.items()} == {
        ("43-0001.00", "2.A.1"): (2, 50),
        ("43-0001.00", "2.A.2"): (3, 50),
        ("11-0001.00", "2.A.1"): (5, 100),
    }
    assert asked["11-0001.00", "2.A.1"]["behaviours"] == ("Comparable to: Explain a form",)
    assert asked["11-0001.00", "2.A.1"]["scope"] == "O*NET level 4.75 of 7, importance 4 of 5"
    assert {row["source"] for row in imported.rows["Competencies"]} == {"O*NET 30.1 Database"}


def test_what_is_left_out_is_named_with_the_reason(text_release: Path) -> None:
    imported = import_onet(text_release, ["43-0001.00", "11-0001.00", "43-0002.00"])
    assert {(entry.place, entry.what): entry.why for entry in imported.left_out} == {
        ("43-0002.00", "Clerks, All Other"): "O*NET has not rated this occupation; it was left out",
        ("11-0001.00", "Writing"): "O*NET recommends not to use this rating",
        ("43-0001.00", "Repairing"): "O*NET: not relevant for this occupation",
        ("43-0001.00", "Planning"): "less important than 3 of 5",
    }


def test_ladders_of_ones_own_may_fork_and_nothing_is_proposed_beside_them(text_release: Path) -> None:
    ladders = [parse_ladder("Office: 43-0001.00 > 11-0001.00")]
    imported = import_onet(text_release, [], ladders)
    assert levels_of(imported)["43-0001.00"] == ("Office", "IC", 1, ("11-0001.00",))
    assert parse_ladder(" A B : 11-0001 > 43-0001.00") == Ladder("A B", ("11-0001.00", "43-0001.00"))
    with pytest.raises(BadLadder):
        parse_ladder("11-0001 > clerks")


def test_codes_and_folders_that_are_not_there_are_named(text_release: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownOccupations, match=r"O\*NET 30.1 Database has no occupation 99-9999.00"):
        import_onet(text_release, ["43-0001.00", "99-9999.00"])
    with pytest.raises(NoRelease, match='has no file "Occupation Data"'):
        import_onet(tmp_path, ["43-0001.00"])


def test_levels_are_rounded_to_half_points_upwards() -> None:
    assert [rounded(level) for level in (0, 2.2, 2.25, 4.74, 4.75, 6.9)] == [0, 2, 2.5, 4.5, 5, 7]


def test_proposed_ladders_stand_in_the_release(tmp_path: Path) -> None:
    """Every step proposed goes from a related occupation to one that needs as much or leads; nothing else is linked."""
    codes = (
        "43-4161 13-1071 11-3121 43-3031 13-2011 11-3031.01 15-1232 15-1244 11-3021 41-2031 41-1011 11-2022"
    )
    imported = import_onet(shared_data("onet"), codes.split())
    steps = {code: after for code, (_, _, _, after) in levels_of(imported).items() if after}
    assert steps == {
        "15-1232.00": ("15-1244.00",),
        "15-1244.00": ("11-3021.00",),
        "41-2031.00": ("41-1011.00",),
        "41-1011.00": ("11-2022.00",),
        "43-4161.00": ("13-1071.00",),
        "43-3031.00": ("13-2011.00",),
        "13-1071.00": ("11-3121.00",),
        "13-2011.00": ("11-3031.01",),
    }


def test_whoever_wrote_the_wording_is_named_once() -> None:
    rows = [
        {"competency_id": "A", "competency": "A", "source": "O*NET 29.0 Database", "licence": "CC BY 4.0"},
        {"competency_id": "B", "competency": "B", "source": "O*NET 29.0 Database", "licence": "CC BY 4.0"},
        {"competency_id": "C", "competency": "C", "source": "Engineering Ladders", "licence": "Apache-2.0"},
        {"competency_id": "D", "competency": "D", "source": "our own"},
    ]
    said = attributions(tables_from(Competencies=rows))
    assert len(said) == 2
    assert "Used under the CC BY 4.0 license" in said[0]
    assert said[1] == "Framework wording: Engineering Ladders, Apache-2.0."
