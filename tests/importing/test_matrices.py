"""Matrices of every shape, read by the mapping that is proposed for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from careersheets.workflows.importing.imported import Imported, preview
from careersheets.workflows.importing.mapping import BadMapping, TableMapping, load_mapping, save_mapping
from careersheets.workflows.importing.table import read_table
from tests.importing import matrices

pytestmark = pytest.mark.requirement("F7")

SHAPES = [
    matrices.levels_across,
    matrices.marks,
    matrices.named_ratings,
    matrices.sub_levels,
    matrices.repeated_headers,
    matrices.several_sheets,
    matrices.people_with_totals,
    matrices.people_across,
    matrices.statements,
    matrices.rating_and_text,
    matrices.marks_of_people,
    matrices.semicolons,
]


def asked(imported: Imported) -> dict[tuple[str, str], Any]:
    """Required ratings by the titles of level and competency."""
    levels = {row["level_code"]: row["title"] for row in imported.rows["Levels"]}
    names = {row["competency_id"]: row["competency"] for row in imported.rows["Competencies"]}
    return {
        (levels[row["level_code"]], names[row["competency_id"]]): row.get("required")
        for row in imported.rows["Expectations"]
    }


def rated(imported: Imported) -> dict[tuple[str, str], Any]:
    """Managers' ratings by the names of person and competency."""
    people = {row["employee_id"]: row["name"] for row in imported.rows["People"]}
    names = {row["competency_id"]: row["competency"] for row in imported.rows["Competencies"]}
    return {
        (people[row["employee_id"]], names[row["competency_id"]]): row["manager_rating"]
        for row in imported.rows["Scores"]
    }


def labels(imported: Imported) -> dict[float, str | None]:
    return {row["value"]: row["label"] for row in imported.rows["Rating scales"]}


def left_out(imported: Imported) -> dict[str, str]:
    return {entry.place: entry.what for entry in imported.left_out}


def test_levels_across_with_titles_above_merged_categories_and_a_legend(tmp_path: Path) -> None:
    imported, mapping = read_table(matrices.levels_across(tmp_path))
    assert mapping.sheets[0].header_row == 4
    assert asked(imported) == {
        ("Junior Designer", "Visual design"): 1,
        ("Designer", "Visual design"): 2,
        ("Senior Designer", "Visual design"): 4,
        ("Junior Designer", "Prototyping"): 2,
        ("Designer", "Prototyping"): 3,
        ("Senior Designer", "Prototyping"): 4,
        ("Designer", "Research"): 2,
        ("Senior Designer", "Research"): 3,
        ("Junior Designer", "Facilitation"): 1,
        ("Designer", "Facilitation"): 2,
        ("Senior Designer", "Facilitation"): 2,
        ("Junior Designer", "Feedback"): 1,
        ("Senior Designer", "Feedback"): 3,
    }
    categories = {row["competency"]: row["category"] for row in imported.rows["Competencies"]}
    assert categories["Research"] == "Craft"
    assert categories["Feedback"] == "Collaboration"
    assert labels(imported) == {1: "Novice", 2: "Practitioner", 3: "Proficient", 4: "Expert"}
    assert left_out(imported) == {"Matrix!A11": "Ask Ines before changing anything"}


def test_marks_told_apart_in_a_line_above(tmp_path: Path) -> None:
    imported, mapping = read_table(matrices.marks(tmp_path))
    assert mapping.values == {"x": "1", "o": "1 optional"}
    assert asked(imported).keys() == {
        *((level, "Filing") for level in ("Clerk", "Senior clerk", "Head of office")),
        *((level, "Archiving") for level in ("Clerk", "Senior clerk", "Head of office")),
        *((level, "Budgeting") for level in ("Senior clerk", "Head of office")),
        ("Head of office", "Hiring"),
    }
    assert [row.get("optional") for row in imported.rows["Expectations"]].count(True) == 2
    assert [total.agrees for total in imported.totals] == [True] * 3


def test_people_with_ratings_in_words_of_which_one_is_undecided(tmp_path: Path) -> None:
    imported, mapping = read_table(matrices.named_ratings(tmp_path))
    assert mapping.values["wizard"] == "?"
    assert rated(imported) == {
        ("Amélie Durand", "SQL"): 3,
        ("Amélie Durand", "Python"): 2,
        ("Amélie Durand", "Storytelling"): 1,
        ("Kwame Mensah", "SQL"): 4,
        ("Kwame Mensah", "Python"): 3,
        ("Kwame Mensah", "Storytelling"): "N/A",
        ("Siobhán Ó Briain", "SQL"): 4,
        ("Siobhán Ó Briain", "Storytelling"): 3,
        ("Thị Hoa Nguyễn", "SQL"): 1,
        ("Thị Hoa Nguyễn", "Storytelling"): 2,
    }
    assert left_out(imported) == {"Q2 2026!F3": "Comments (1 cells)", "Q2 2026!D6": "Wizard"}
    assert {row["cycle"] for row in imported.rows["Evaluations"]} == {"Q2 2026"}
    assert all(row["next_levels"] == () for row in imported.rows["Levels"]), "roles of people are no ladder"


def test_sub_levels_in_a_second_header_row_and_half_steps(tmp_path: Path) -> None:
    imported, _ = read_table(matrices.sub_levels(tmp_path))
    titles = [row["title"] for row in imported.rows["Levels"]]
    assert titles == ["Consultant I", "Consultant II", "Manager I", "Manager II"]
    found = asked(imported)
    assert found["Consultant II", "Advising"] == 1.5
    assert found["Manager I", "Delivering"] == 2.5
    assert found["Manager II", "Selling"] == 2.5
    assert ("Manager I", "Leading") not in found
    assert left_out(imported) == {"Levels!D6": "1/4"}
    assert {row["step"] for row in imported.rows["Rating scales"]} == {0.5}


def test_headers_again_on_each_page_and_titles_of_sections(tmp_path: Path) -> None:
    imported, _ = read_table(matrices.repeated_headers(tmp_path))
    categories = {row["competency"]: row["category"] for row in imported.rows["Competencies"]}
    assert categories == {
        "Lifting": "Safety",
        "First aid": "Safety",
        "Fork lift": "Machines",
        "Packing line": "Machines",
    }
    assert len(imported.rows["Expectations"]) == 11
    assert imported.notes == ("Print: the header stands again in row 6; it was passed over.",)
    assert left_out(imported) == {"Print!A11": "* from 2027 also for night shifts"}


def test_a_sheet_for_each_family_and_one_for_the_legend(tmp_path: Path) -> None:
    imported, _ = read_table(matrices.several_sheets(tmp_path))
    levels = [(row["family"], row["title"], row["next_levels"]) for row in imported.rows["Levels"]]
    assert levels == [
        ("Finance", "Junior", ("F2",)),
        ("Finance", "Senior", ("F3",)),
        ("Finance", "Lead", ()),
        ("Legal", "Junior", ("L2",)),
        ("Legal", "Senior", ()),
    ]
    assert len(imported.rows["Expectations"]) == 13
    assert [row["competency"] for row in imported.rows["Competencies"]].count("Coaching") == 1
    assert labels(imported) == {0: "None", 1: "Basic", 2: "Working", 3: "Strong", 4: "Leading"}
    assert left_out(imported) == {"Notes": "1 rows"}


def test_people_as_rows_with_their_totals_reproduced(tmp_path: Path) -> None:
    imported, _ = read_table(matrices.people_with_totals(tmp_path))
    assert len(imported.totals) == 14
    assert all(total.agrees for total in imported.totals)
    assert len(rated(imported)) == 14
    assert asked(imported) == {
        ("support team", "Listening"): 4,
        ("support team", "Writing"): 4,
        ("support team", "Product"): 3,
        ("support team", "Escalation"): 2,
    }
    assert "Target" not in {row["name"] for row in imported.rows["People"]}


def test_people_across_with_sums_of_each_block_reproduced(tmp_path: Path) -> None:
    imported, _ = read_table(matrices.people_across(tmp_path))
    assert [total.agrees for total in imported.totals] == [True] * 8
    teams = {row["name"]: row["team"] for row in imported.rows["People"]}
    assert teams == {
        "Olga Petrova": "North",
        "Bình Trần": "North",
        "Yusuf Demir": "South",
        "Ana Souza": "South",
    }
    assert rated(imported)["Olga Petrova", "Labelling"] == "N/A"
    assert ("Bình Trần", "Milling") not in rated(imported)
    assert asked(imported)["plant", "Welding"] == 3


def test_statements_only_ask_for_nothing_until_the_mapping_says_so(tmp_path: Path) -> None:
    path = matrices.statements(tmp_path)
    imported, mapping = read_table(path)
    assert set(asked(imported).values()) == {None}
    assert imported.notes[0].startswith("9 expectations have statements but no required rating")
    assert imported.rows["Expectations"][0]["behaviours"] == (
        "Asks for help early",
        "Shares what was learned",
    )
    assert [row["level_code"] for row in imported.rows["Levels"]] == ["P1", "P2", "P3"]

    kept = tmp_path / "makers.mapping.toml"
    save_mapping(mapping, kept, path.name)
    kept.write_text(
        kept.read_text(encoding="utf-8").replace("from_levels = false", "from_levels = true"), "utf-8"
    )
    found = asked(read_table(path, load_mapping(kept))[0])
    assert found["P3 - Principal", "Planning"] == 3
    assert found["P1 - Associate", "Quality"] == 1


def test_rating_and_statement_side_by_side_under_each_level(tmp_path: Path) -> None:
    imported, _ = read_table(matrices.rating_and_text(tmp_path))
    assert asked(imported) == {
        ("Senior", "Mentoring"): 2,
        ("Staff", "Mentoring"): 3,
        ("Senior", "Architecture"): 3,
        ("Staff", "Architecture"): 2,
        ("Staff", "Hiring"): 2,
    }
    assert [row["behaviours"] for row in imported.rows["Expectations"]][-1] == ("Leads interviews",)


def test_marks_of_people_with_counts_reproduced(tmp_path: Path) -> None:
    imported, _ = read_table(matrices.marks_of_people(tmp_path))
    assert [total.agrees for total in imported.totals] == [True] * 6
    assert rated(imported)["Ibrahim Sesay", "Crane"] == 0
    assert rated(imported)["Noa Levi", "Fire safety"] == 1
    assert ("Noa Levi", "Crane") not in rated(imported)


def test_a_long_csv_with_semicolons_decimal_commas_and_text_like_formulas(tmp_path: Path) -> None:
    imported, _ = read_table(matrices.semicolons(tmp_path))
    assert asked(imported) == {
        ("Köchin", "Soßen"): 2.5,
        ("Köchin", "Hygiene"): 3,
        ("Küchenchefin", "Soßen"): 2,
        ("Küchenchefin", "Hygiene"): None,
    }
    texts = [row["behaviours"][0] for row in imported.rows["Expectations"]]
    assert texts[1:3] == ["+ prüft täglich die Kühlung", "Kocht neue Soßen, lehrt sie andere"]
    assert left_out(imported) == {"kueche!I1": "Remark (2 cells)", "kueche!E5": "drei"}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: str(shape.__name__))
def test_a_kept_mapping_gives_the_same_again(shape: Callable[[Path], Path], tmp_path: Path) -> None:
    path = shape(tmp_path)
    imported, mapping = read_table(path)
    kept = tmp_path / "kept.toml"
    save_mapping(mapping, kept, path.name)
    assert load_mapping(kept) == mapping
    again, completed = read_table(path, load_mapping(kept))
    assert again == imported
    assert completed == mapping
    assert preview(imported)


def corrected(path: Path, folder: Path, old: str, new: str) -> TableMapping:
    """The proposed mapping with one correction, made in its file as a user would."""
    kept = folder / "corrected.toml"
    save_mapping(read_table(path)[1], kept, path.name)
    text = kept.read_text(encoding="utf-8")
    assert old in text
    kept.write_text(text.replace(old, new), encoding="utf-8")
    return load_mapping(kept)


def test_a_corrected_value_brings_back_what_was_left_out(tmp_path: Path) -> None:
    path = matrices.named_ratings(tmp_path)
    imported, _ = read_table(path, corrected(path, tmp_path, 'wizard = "?"', 'wizard = "4"'))
    assert rated(imported)["Siobhán Ó Briain", "Python"] == 4
    assert "Q2 2026!D6" not in left_out(imported)


def test_a_mapping_follows_a_table_that_moved(tmp_path: Path) -> None:
    """Next quarter somebody put two lines above and a column in front; the ratings are found all the same."""
    _, mapping = read_table(matrices.people_with_totals(tmp_path))
    rows = [
        ["New title"],
        [],
        [None, "Name", "Writing", "Listening", "Product", "Escalation", "Empathy", "Total"],
        ["x", "Adaeze Obi", 4, 3, 2, None, 5, 14],
    ]
    path = matrices.save(tmp_path, "next.xlsx", {"Skills matrix": [], "Other": []} | {"Skills matrix": rows})
    imported, _ = read_table(path, mapping)
    assert rated(imported) == {
        ("Adaeze Obi", "Writing"): 4,
        ("Adaeze Obi", "Listening"): 3,
        ("Adaeze Obi", "Product"): 2,
    }
    assert left_out(imported)["Skills matrix!G3"] == "Empathy (1 cells)"
    assert not imported.totals[0].agrees, "a column that the mapping does not know is missing in the total"
    assert any('"Average"' in note for note in imported.notes)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[sheet]", "cannot be used"),
        ('[[sheet]]\nsheet = "A"\nrows = "columns"\n', "rows is one of"),
        ('[[sheet]]\nrows = "people"\n', "something is missing"),
        ("[scale]\nlength = 5\n", "it does not know length"),
        ('[scale]\nlow = "one"\n', "low is of another kind"),
        ('[scale.labels]\nfirst = "Novice"\n', "a label stands at a number"),
        ("[values]\nx = 1\n", "written in quotes"),
        ('[next_levels]\nD3 = "D4"\n', "next levels read like"),
        (
            '[[sheet]]\nsheet = "A"\nrows = "people"\n[sheet.columns]\n"3" = { role = "cell" }\n',
            "by their letters",
        ),
    ],
)
def test_a_broken_mapping_says_what_is_wrong(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadMapping, match=says):
        load_mapping(path)
