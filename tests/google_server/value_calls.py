"""`spreadsheets.values.*`: cells read and written in blocks."""

from __future__ import annotations

import copy
from itertools import zip_longest
from typing import Any

from careersheets.model.cells import column_letter

from .areas import Area
from .discovery import Call
from .refusal import Refused, not_modelled
from .spreadsheet import Spreadsheet, Tab

_PROTECTED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if "
    "you need to edit."
)
_LONGEST_TEXT = 50_000


def get(book: Spreadsheet, call: Call) -> dict[str, Any]:
    return value_range(*book.resolve(call.path["range"]), call.query)


def batch_get(book: Spreadsheet, call: Call) -> dict[str, Any]:
    found = [value_range(*book.resolve(text), call.query) for text in call.query.get("ranges", [])]
    return {"spreadsheetId": book.id, "valueRanges": found}


def batch_get_by_data_filter(book: Spreadsheet, call: Call) -> dict[str, Any]:
    found = [
        {"valueRange": value_range(tab, area, call.body), "dataFilters": [wanted]}
        for wanted in call.body.get("dataFilters", [])
        for tab, area in filtered(book, wanted)
    ]
    return {"spreadsheetId": book.id, "valueRanges": found}


def update(book: Spreadsheet, call: Call) -> dict[str, Any]:
    tab, area = book.resolve(call.path["range"])
    written, answer = write(book, tab, area, call.body, call.query.get("valueInputOption"), call.user)
    if call.query.get("includeValuesInResponse"):
        answer["updatedData"] = value_range(tab, written, call.query)
    return answer


def batch_update(book: Spreadsheet, call: Call) -> dict[str, Any]:
    return _write_all(
        book, call, [(*book.resolve(data["range"]), data, {}) for data in call.body.get("data", [])]
    )


def batch_update_by_data_filter(book: Spreadsheet, call: Call) -> dict[str, Any]:
    blocks = [
        (tab, area, data, {"dataFilter": data["dataFilter"]})
        for data in call.body.get("data", [])
        for tab, area in filtered(book, data["dataFilter"])
    ]
    return _write_all(book, call, blocks)


def append(book: Spreadsheet, call: Call) -> dict[str, Any]:
    tab, area = book.resolve(call.path["range"])
    answer: dict[str, Any] = {"spreadsheetId": book.id}
    filled = [(row, column) for row, cells in tab.filled(area).items() for column in cells]
    top, left = area.top, area.left
    if filled:
        table = _table_around(tab, max(filled))
        answer["tableRange"] = table.a1(tab.title)
        top, left = table.bottom, table.left
    rows = call.body.get("values", [])
    if call.query.get("insertDataOption") == "INSERT_ROWS" and filled:
        tab.shift("ROWS", top, len(rows))
    size = tab.properties["gridProperties"]
    size["rowCount"] = max(tab.rows, top + len(rows))
    size["columnCount"] = max(tab.columns, left + max(map(len, rows), default=1))
    corner = Area(top, left, top + 1, left + 1, single=True)
    answer["updates"] = write(book, tab, corner, call.body, call.query.get("valueInputOption"), call.user)[1]
    return answer


def clear(book: Spreadsheet, call: Call) -> dict[str, Any]:
    return {"spreadsheetId": book.id, "clearedRange": _clear(book, call.path["range"], call.user)}


def batch_clear(book: Spreadsheet, call: Call) -> dict[str, Any]:
    cleared = [_clear(book, text, call.user) for text in call.body.get("ranges", [])]
    return {"spreadsheetId": book.id, "clearedRanges": cleared}


def value_range(tab: Tab, area: Area, options: dict[str, Any]) -> dict[str, Any]:
    """The message ValueRange: rows without their empty ends, and no `values` where all is empty."""
    if area.top >= tab.rows or area.left >= tab.columns:
        raise _beyond_grid(tab, area)
    area = area.within(tab.rows, tab.columns)
    by_columns = options.get("majorDimension") == "COLUMNS"
    render = options.get("valueRenderOption", "FORMATTED_VALUE")
    dates = options.get("dateTimeRenderOption", "SERIAL_NUMBER")
    lines: dict[int, dict[int, Any]] = {}
    for row, cells in tab.filled(area).items():
        for column, cell in cells.items():
            first, second = (column, row) if by_columns else (row, column)
            lines.setdefault(first, {})[second] = cell.shown(render, dates)
    answer: dict[str, Any] = {
        "range": area.a1(tab.title),
        "majorDimension": "COLUMNS" if by_columns else "ROWS",
    }
    if lines:
        first, second = (area.left, area.top) if by_columns else (area.top, area.left)
        answer["values"] = [
            [lines[line].get(place, "") for place in range(second, max(lines[line]) + 1)]
            if line in lines
            else []
            for line in range(first, max(lines) + 1)
        ]
    return answer


def filtered(book: Spreadsheet, wanted: dict[str, Any]) -> list[tuple[Tab, Area]]:
    """What a DataFilter selects."""
    if "a1Range" in wanted:
        return [book.resolve(wanted["a1Range"])]
    if "gridRange" in wanted:
        tab = book.tab(wanted["gridRange"].get("sheetId", 0))
        return [(tab, tab.area(wanted["gridRange"]))]
    if "developerMetadataLookup" not in wanted:
        raise not_modelled("an empty data filter")
    return [place for entry in matching(book, wanted) if (place := _place_of(book, entry))]


def matching(book: Spreadsheet, wanted: dict[str, Any]) -> list[dict[str, Any]]:
    """The developer metadata that a DataFilter looks up."""
    lookup = wanted["developerMetadataLookup"]
    unknown = lookup.keys() - {"metadataKey", "metadataValue", "metadataId", "visibility", "locationType"}
    if unknown:
        raise not_modelled(f"a lookup of developer metadata by {', '.join(sorted(unknown))}")
    found = []
    for entry in book.metadata:
        about = entry | {"locationType": entry["location"]["locationType"]}
        if all(about.get(name) == value for name, value in lookup.items()):
            found.append(entry)
    return found


def check_protection(book: Spreadsheet, tab: Tab, area: Area, user: str, owner: str = "owner") -> None:
    for protection in tab.protected:
        editors = protection.get("editors", {}).get("users", [])
        if (
            not protection.get("warningOnly")
            and user not in (owner, *editors)
            and area.meets(tab.area(protection["range"]))
        ):
            raise Refused(400, _PROTECTED)


def write(
    book: Spreadsheet, tab: Tab, area: Area, data: dict[str, Any], option: str | None, user: str
) -> tuple[Area, dict[str, Any]]:
    """Write one ValueRange; the area it covered and what Google answers."""
    if option in (None, "INPUT_VALUE_OPTION_UNSPECIFIED"):
        raise Refused(400, "'valueInputOption' is required but not specified")
    rows = data.get("values", [])
    if data.get("majorDimension") == "COLUMNS":
        rows = [list(line) for line in zip_longest(*rows)]
    covered = Area(area.top, area.left, area.top + len(rows), area.left + max(map(len, rows), default=0))
    _check_fits(tab, area, covered)
    check_protection(book, tab, covered, user)
    touched = []
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            _check_value(value)
            if value is not None:
                touched.append((down, across))
                tab.cell(area.top + down, area.left + across).enter(value, raw=option == "RAW")
    shown = (
        covered
        if rows and covered.right > covered.left
        else Area(area.top, area.left, area.top + 1, area.left + 1)
    )
    counts = {
        "updatedRows": len({row for row, _ in touched}),
        "updatedColumns": len({column for _, column in touched}),
        "updatedCells": len(touched),
    }
    return shown, {"spreadsheetId": book.id, "updatedRange": shown.a1(tab.title)} | {
        name: count for name, count in counts.items() if count
    }


def _write_all(
    book: Spreadsheet, call: Call, blocks: list[tuple[Tab, Area, dict[str, Any], dict[str, Any]]]
) -> dict[str, Any]:
    """All of the blocks or, if one is refused, none."""
    kept = {tab.id: copy.deepcopy(tab.cells) for tab, *_ in blocks}
    responses, rows, columns = [], set(), set()
    try:
        for tab, area, data, extra in blocks:
            covered, answer = write(book, tab, area, data, call.body.get("valueInputOption"), call.user)
            responses.append(answer | extra)
            rows |= {(tab.id, row) for row in range(covered.top, covered.bottom)}
            columns |= {(tab.id, column) for column in range(covered.left, covered.right)}
    except Refused:
        for tab, *_ in blocks:
            tab.cells = kept[tab.id]
        raise
    return {
        "spreadsheetId": book.id,
        "totalUpdatedRows": len(rows),
        "totalUpdatedColumns": len(columns),
        "totalUpdatedCells": sum(answer.get("updatedCells", 0) for answer in responses),
        "totalUpdatedSheets": len({tab.id for tab, *_ in blocks}),
        "responses": responses,
    }


def _check_fits(tab: Tab, area: Area, covered: Area) -> None:
    if area.top >= tab.rows or area.left >= tab.columns:
        raise _beyond_grid(tab, area)
    if area.single:
        if not covered.inside(tab.whole):
            raise _beyond_grid(tab, covered)
        return
    within = f"Requested writing within range [{area.a1(tab.title)}], but tried writing to"
    if covered.bottom > area.bottom:
        raise Refused(400, f"{within} row [{area.bottom + 1}]")
    if covered.right > area.right:
        raise Refused(400, f"{within} column [{column_letter(area.right + 1)}]")


def _check_value(value: Any) -> None:
    if isinstance(value, dict | list):
        raise Refused(400, "Invalid values: a cell holds a text, a number or a boolean")
    if isinstance(value, str) and len(value) > _LONGEST_TEXT:
        raise Refused(400, "Your input contains more than the maximum of 50000 characters in a single cell.")


def _beyond_grid(tab: Tab, area: Area) -> Refused:
    limits = f"Max rows: {tab.rows}, max columns: {tab.columns}"
    return Refused(400, f"Range ({area.a1(tab.title)}) exceeds grid limits. {limits}")


def _clear(book: Spreadsheet, text: str, user: str) -> str:
    tab, area = book.resolve(text)
    area = area.within(tab.rows, tab.columns)
    check_protection(book, tab, area, user)
    for cells in tab.filled(area).values():
        for cell in cells.values():
            cell.value, cell.formula = None, ""
    return area.a1(tab.title)


def _table_around(tab: Tab, place: tuple[int, int]) -> Area:
    """The block of cells that touch one another, as `append` looks for it."""
    table = Area(place[0], place[1], place[0] + 1, place[1] + 1)
    filled = [spot for spot, cell in tab.cells.items() if not cell.empty]
    while True:
        around = Area(table.top - 1, table.left - 1, table.bottom + 1, table.right + 1)
        near = [spot for spot in filled if around.holds(*spot)]
        grown = Area(
            min(row for row, _ in near),
            min(column for _, column in near),
            max(row for row, _ in near) + 1,
            max(column for _, column in near) + 1,
        )
        if grown == table:
            return table
        table = grown


def _place_of(book: Spreadsheet, entry: dict[str, Any]) -> tuple[Tab, Area] | None:
    location = entry["location"]
    if "sheetId" in location:
        tab = book.tab(location["sheetId"])
        return tab, tab.whole
    if "dimensionRange" not in location:
        return None
    line = location["dimensionRange"]
    tab = book.tab(line["sheetId"])
    if line["dimension"] == "ROWS":
        return tab, Area(line["startIndex"], 0, line["endIndex"], tab.columns)
    return tab, Area(0, line["startIndex"], tab.rows, line["endIndex"])
