"""The starter frameworks as ladders: ids resolve, weights sum, ratings lie on their scales, levels lead on."""

from __future__ import annotations

import pytest

from .reading import (
    FAMILIES,
    STARTERS,
    Framework,
    adjacent,
    behaviours,
    competencies,
    expectations,
    ladder,
    levels,
    read,
    scales,
)

pytestmark = pytest.mark.requirement("F9")


def test_these_are_the_starters() -> None:
    assert sorted(path.stem for path in STARTERS.glob("*.toml")) == sorted((*FAMILIES, "shared", "wording"))


def test_a_file_holds_only_the_agreed_fields(framework: Framework) -> None:
    assert framework.keys() == {"family", "summary", "competency", "level"}
    for row in framework["competency"]:
        assert row.keys() == {"id", "name", "category", "definition", "scale"}
    for level in framework["level"]:
        assert level.keys() == {"code", "track", "rank", "title", "scope", "next", "expectation"}
        for row in level["expectation"]:
            needed = {"competency", "required", "weight", "behaviours", "skills"}
            assert needed <= row.keys() <= needed | {"critical", "optional", "scope"}


def test_a_file_has_the_agreed_size(framework: Framework) -> None:
    used = {row["competency"] for level in framework["level"] for row in level["expectation"]}
    assert 9 <= len(used) <= 12
    assert 4 <= len(ladder(framework, "IC")) <= 6
    assert 4 <= len(ladder(framework, "Management")) <= 6


def test_ids_and_level_codes_are_unique_over_all_files() -> None:
    ids = [row["id"] for name in (*FAMILIES, "shared") for row in read(name)["competency"]]
    codes = [level["code"] for name in FAMILIES for level in read(name)["level"]]
    assert len(ids) == len(set(ids))
    assert len(codes) == len(set(codes))


def test_every_id_resolves(framework: Framework) -> None:
    known = competencies(framework)
    for level in framework["level"]:
        ids = [row["competency"] for row in level["expectation"]]
        assert len(ids) == len(set(ids)), level["code"]
        assert set(ids) <= known.keys(), level["code"]
        assert set(level["next"]) <= levels(framework).keys(), level["code"]


def test_every_competency_is_used(framework: Framework) -> None:
    used = {row["competency"] for level in framework["level"] for row in level["expectation"]}
    assert {row["id"] for row in framework["competency"]} <= used


def test_every_shared_competency_serves_at_least_two_families() -> None:
    for row in read("shared")["competency"]:
        users = [name for name in FAMILIES if row["id"] in {use for _, use, _ in behaviours(read(name))}]
        assert len(users) >= 2, (row["id"], users)


def test_every_level_is_reached_from_the_lowest_and_ranks_rise(framework: Framework) -> None:
    by_code = levels(framework)
    entry = min(by_code.values(), key=lambda level: level["rank"])["code"]
    reached, waiting = set(), [entry]
    while waiting:
        code = waiting.pop()
        reached.add(code)
        for following in by_code[code]["next"]:
            assert by_code[following]["rank"] == by_code[code]["rank"] + 1, (code, following)
            waiting.append(following)
    assert reached == by_code.keys()


def test_a_ladder_forks_to_management(framework: Framework) -> None:
    by_code = levels(framework)
    forks = [level for level in framework["level"] if len(level["next"]) > 1]
    assert forks
    assert {by_code[code]["track"] for level in forks for code in level["next"]} == {"IC", "Management"}


def test_weights_sum_to_100_with_optional_expectations_at_0(framework: Framework) -> None:
    for level in framework["level"]:
        assert sum(row["weight"] for row in level["expectation"]) == 100, level["code"]
        for row in level["expectation"]:
            assert (row["weight"] == 0) == row.get("optional", False), (level["code"], row["competency"])


def test_two_or_three_expectations_of_a_level_are_critical_and_none_of_them_optional(
    framework: Framework,
) -> None:
    for level in framework["level"]:
        critical = [row for row in level["expectation"] if row.get("critical")]
        assert 2 <= len(critical) <= 3, level["code"]
        assert not any(row.get("optional") for row in critical), level["code"]


def test_some_expectations_are_optional_and_some_competencies_are_not_asked_for_at_first(
    framework: Framework,
) -> None:
    rows = [row for level in framework["level"] for row in level["expectation"]]
    entry = min(framework["level"], key=lambda level: level["rank"])
    assert any(row.get("optional") for row in rows)
    assert {row["competency"] for row in entry["expectation"]} < {row["competency"] for row in rows}


def test_a_scale_rises_in_whole_steps_and_says_what_each_point_means() -> None:
    for name, scale in scales().items():
        values = [point["value"] for point in scale["point"]]
        assert values == list(range(values[0], values[-1] + 1)), name
        assert scale["step"] in (1, 0.5), name
        assert len({point["label"] for point in scale["point"]}) == len(values), name
        assert all(point["meaning"].endswith(".") for point in scale["point"]), name


def test_each_scale_is_used_and_the_half_points_too() -> None:
    used: dict[str, set[float]] = {name: set() for name in scales()}
    for name in FAMILIES:
        framework = read(name)
        known = competencies(framework)
        for level in framework["level"]:
            for row in level["expectation"]:
                used[known[row["competency"]]["scale"]].add(row["required"])
    assert all(used.values())
    assert any(value % 1 for value in used["Depth"])


def test_required_is_a_point_of_the_scale(framework: Framework) -> None:
    known = competencies(framework)
    for level in framework["level"]:
        for row in level["expectation"]:
            scale = scales()[known[row["competency"]]["scale"]]
            values = [point["value"] for point in scale["point"]]
            place = (level["code"], row["competency"])
            assert values[0] <= row["required"] <= values[-1], place
            assert (row["required"] / scale["step"]) % 1 == 0, place


def test_required_falls_only_where_a_scope_gives_the_reason(framework: Framework) -> None:
    for code, following, competency, here, there in adjacent(framework):
        if there["required"] < here["required"]:
            assert "less is required" in there.get("scope", ""), (code, following, competency)


def test_every_next_level_asks_for_more_in_at_least_three_competencies(framework: Framework) -> None:
    by_code = levels(framework)
    for code, level in by_code.items():
        for following in level["next"]:
            here, there = expectations(level), expectations(by_code[following])
            more = [
                name
                for name, row in there.items()
                if name not in here or row["required"] > here[name]["required"]
            ]
            assert len(more) >= 3, (code, following, more)
