"""Requests of `spreadsheets.batchUpdate` about tabs, rows and columns, names, protection and metadata."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from random import Random
from typing import Any

from .areas import Area, grid_range_of
from .refusal import Refused
from .spreadsheet import Spreadsheet, Tab, without_zero_id
from .value_calls import check_protection, matching

Message = dict[str, Any]


@dataclass
class Edit:
    """One request within a batch; `where` is how errors name it."""

    book: Spreadsheet
    asked: Message
    where: str
    user: str
    numbers: Random
    next_ids: list[int]

    def tab(self, message: Message) -> Tab:
        return self.book.tab(message.get("sheetId", 0), self.where)

    def place(self, message: Message) -> tuple[Tab, Area]:
        tab = self.tab(message)
        return tab, tab.area(message)

    def new_id(self) -> int:
        return self.next_ids.pop(0) if self.next_ids else self.numbers.randrange(1, 2**31)

    def refused(self, text: str) -> Refused:
        return Refused(400, f"Invalid {self.where}: {text}")


def update_spreadsheet_properties(edit: Edit) -> Message:
    for name in edit.asked["fields"].split(","):
        edit.book.properties[name] = edit.asked["properties"][name]
    return {}


def add_sheet(edit: Edit) -> Message:
    wanted = edit.asked.get("properties", {})
    title, size = wanted.get("title") or f"Sheet{len(edit.book.tabs) + 1}", wanted.get("gridProperties", {})
    if edit.book.titled(title):
        raise edit.refused(f'A sheet with the name "{title}" already exists. Please enter another name.')
    sheet_id = wanted["sheetId"] if "sheetId" in wanted else edit.new_id()
    if any(tab.id == sheet_id for tab in edit.book.tabs):
        raise edit.refused(f"A sheet with id: {sheet_id} already exists. Please enter another id.")
    tab = Tab(sheet_id, title, size.get("rowCount", 1000), size.get("columnCount", 26))
    for name in wanted.keys() - {"title", "sheetId", "gridProperties", "index", "sheetType"}:
        tab.properties[name] = wanted[name]
    tab.properties["gridProperties"] |= size
    edit.book.tabs.insert(wanted.get("index", len(edit.book.tabs)), tab)
    edit.book.number_tabs()
    return {"properties": copy.deepcopy(tab.properties)}


def delete_sheet(edit: Edit) -> Message:
    tab = edit.tab(edit.asked)
    if len(edit.book.tabs) == 1:
        raise edit.refused("You can't remove all the sheets in a document.")
    edit.book.tabs.remove(tab)
    edit.book.number_tabs()
    edit.book.metadata = [entry for entry in edit.book.metadata if _sheet_of(entry) != tab.id]
    return {}


def update_sheet_properties(edit: Edit) -> Message:
    wanted = edit.asked["properties"]
    tab = edit.tab(wanted)
    for path in re.split(r"\s*,\s*", edit.asked["fields"]):
        if path == "index":
            _move_tab(edit, tab, wanted.get("index", 0))
        elif path == "hidden" and wanted.get("hidden") and _visible(edit.book) == 1:
            raise edit.refused("You can't hide all the sheets in a document.")
        elif path in ("tabColorStyle", "tabColor"):
            _colour_tab(tab, wanted)
        elif path == "title" and edit.book.titled(wanted["title"]) not in (None, tab):
            raise edit.refused(
                f'A sheet with the name "{wanted["title"]}" already exists. Please enter another name.'
            )
        else:
            _copy_path(re.split(r"[./]", path), wanted, tab.properties)
    tab.crop()
    return {}


def insert_dimension(edit: Edit) -> Message:
    line = edit.asked["range"]
    _shift(edit, line, line["startIndex"], line["endIndex"] - line["startIndex"])
    return {}


def append_dimension(edit: Edit) -> Message:
    tab = edit.tab(edit.asked)
    tab.properties["gridProperties"][_count_of(edit.asked)] += edit.asked["length"]
    return {}


def delete_dimension(edit: Edit) -> Message:
    line = edit.asked["range"]
    tab = edit.tab(line)
    end = line.get("endIndex", tab.properties["gridProperties"][_count_of(line)])
    _shift(edit, line, line.get("startIndex", 0), line.get("startIndex", 0) - end)
    return {}


def update_dimension_properties(edit: Edit) -> Message:
    line = edit.asked["range"]
    tab = edit.tab(line)
    for place in range(
        line.get("startIndex", 0), line.get("endIndex", tab.properties["gridProperties"][_count_of(line)])
    ):
        known = tab.sizes[line["dimension"]].setdefault(place, {})
        for name in edit.asked["fields"].split(","):
            known.pop(name, None)
            if edit.asked["properties"].get(name):
                known[name] = edit.asked["properties"][name]
    return {}


def auto_resize_dimensions(edit: Edit) -> Message:
    edit.tab(edit.asked["dimensions"])
    return {}


def add_dimension_group(edit: Edit) -> Message:
    line = edit.asked["range"]
    tab = edit.tab(line)
    groups = tab.groups[line["dimension"]]
    control = "rowGroupControlAfter" if line["dimension"] == "ROWS" else "columnGroupControlAfter"
    tab.properties["gridProperties"][control] = True
    shown = {name: value for name, value in line.items() if (name, value) != ("sheetId", 0)}
    groups.append({"range": shown, "depth": 1 + sum(group["range"] == shown for group in groups)})
    return {"dimensionGroups": copy.deepcopy(groups)}


def delete_dimension_group(edit: Edit) -> Message:
    line = edit.asked["range"]
    tab = edit.tab(line)
    shown = {name: value for name, value in line.items() if (name, value) != ("sheetId", 0)}
    kept = [group for group in tab.groups[line["dimension"]] if group["range"] != shown]
    tab.groups[line["dimension"]] = kept
    return {"dimensionGroups": copy.deepcopy(kept)} if kept else {}


def add_named_range(edit: Edit) -> Message:
    if any(
        name["name"].casefold() == edit.asked["namedRange"]["name"].casefold() for name in edit.book.names
    ):
        raise edit.refused(f'The named range "{edit.asked["namedRange"]["name"]}" already exists.')
    name = {"namedRangeId": str(edit.new_id())} | copy.deepcopy(edit.asked["namedRange"])
    edit.book.names.append(name)
    return {"namedRange": without_zero_id(name)}


def update_named_range(edit: Edit) -> Message:
    wanted = edit.asked["namedRange"]
    name = _found(edit, edit.book.names, "namedRangeId", wanted["namedRangeId"])
    for field in edit.asked["fields"].split(","):
        name[field] = wanted[field]
    return {}


def delete_named_range(edit: Edit) -> Message:
    edit.book.names.remove(_found(edit, edit.book.names, "namedRangeId", edit.asked["namedRangeId"]))
    return {}


def add_protected_range(edit: Edit) -> Message:
    wanted = {
        name: value
        for name, value in edit.asked["protectedRange"].items()
        if value is not None and value is not False
    }
    known = [entry["protectedRangeId"] for tab in edit.book.tabs for entry in tab.protected]
    if wanted.get("protectedRangeId") in known:
        raise edit.refused(f"A protected range with id {wanted['protectedRangeId']} already exists.")
    protection = copy.deepcopy(wanted) | {
        "protectedRangeId": wanted.get("protectedRangeId") or edit.new_id(),
        "requestingUserCanEdit": True,
    }
    edit.tab(protection["range"]).protected.append(protection)
    named = protection.get("editors") or {}
    protection["editors"] = {kind: names for kind, names in named.items() if names}
    answer = copy.deepcopy(without_zero_id(protection))
    users = protection["editors"].setdefault("users", [])
    users += [edit.user] if edit.user not in users else []
    return {"protectedRange": answer}


def delete_protected_range(edit: Edit) -> Message:
    for tab in edit.book.tabs:
        for protection in tab.protected:
            if protection["protectedRangeId"] == edit.asked["protectedRangeId"]:
                tab.protected.remove(protection)
                return {}
    raise edit.refused(f"No protected range with id: {edit.asked['protectedRangeId']}")


def set_basic_filter(edit: Edit) -> Message:
    tab, area = edit.place(edit.asked["filter"]["range"])
    tab.filter = copy.deepcopy(edit.asked["filter"]) | {"range": grid_range_of(tab.id, area)}
    return {}


def clear_basic_filter(edit: Edit) -> Message:
    edit.tab(edit.asked).filter = None
    return {}


def create_developer_metadata(edit: Edit) -> Message:
    entry = copy.deepcopy(edit.asked["developerMetadata"])
    number = entry.setdefault("metadataId", edit.new_id())
    if any(known["metadataId"] == number for known in edit.book.metadata):
        raise edit.refused(f"Developer metadata with id {number} already exists.")
    location = entry["location"]
    line = location.get("dimensionRange")
    if line:
        edit.tab(line)
        line.setdefault("sheetId", 0)
        line.setdefault("startIndex", 0)
        if line["endIndex"] - line["startIndex"] != 1:
            raise edit.refused("A dimension range of developer metadata must span exactly one row or column.")
    kinds = {"ROWS": "ROW", "COLUMNS": "COLUMN"}
    location["locationType"] = (
        kinds[line["dimension"]] if line else "SPREADSHEET" if location.get("spreadsheet") else "SHEET"
    )
    edit.book.metadata.append(entry)
    return {"developerMetadata": copy.deepcopy(entry)}


def update_developer_metadata(edit: Edit) -> Message:
    entries = _matched(edit)
    for entry in entries:
        for name in edit.asked["fields"].split(","):
            entry[name] = copy.deepcopy(edit.asked["developerMetadata"][name])
    return {"developerMetadata": copy.deepcopy(entries)}


def delete_developer_metadata(edit: Edit) -> Message:
    gone = matching(edit.book, edit.asked["dataFilter"])
    edit.book.metadata = [entry for entry in edit.book.metadata if entry not in gone]
    return {"deletedDeveloperMetadata": gone}


def _matched(edit: Edit) -> list[Message]:
    found: list[Message] = []
    for wanted in edit.asked["dataFilters"]:
        found += [entry for entry in matching(edit.book, wanted) if entry not in found]
    return found


def _found(edit: Edit, entries: list[Message], name: str, value: Any) -> Message:
    for entry in entries:
        if entry[name] == value:
            return entry
    raise edit.refused(f"No entry with {name}: {value}")


def _sheet_of(entry: Message) -> int | None:
    location = entry["location"]
    return location.get("sheetId", location.get("dimensionRange", {}).get("sheetId"))


def _visible(book: Spreadsheet) -> int:
    return sum(not tab.properties.get("hidden") for tab in book.tabs)


def _move_tab(edit: Edit, tab: Tab, index: int) -> None:
    old = edit.book.tabs.index(tab)
    edit.book.tabs.remove(tab)
    edit.book.tabs.insert(index if index <= old else index - 1, tab)
    edit.book.number_tabs()


def _colour_tab(tab: Tab, wanted: Message) -> None:
    colour = wanted.get("tabColor") or wanted.get("tabColorStyle", {}).get("rgbColor")
    tab.properties.pop("tabColor", None)
    tab.properties.pop("tabColorStyle", None)
    if colour:
        kept = {
            name: round(int(part * 255) / 255, 8) if 0 < part < 1 else int(part)
            for name, part in colour.items()
            if part
        }
        tab.properties |= {"tabColor": kept, "tabColorStyle": {"rgbColor": kept}}


def _copy_path(path: list[str], source: Message, target: Message) -> None:
    for name in path[:-1]:
        source, target = source.get(name) or {}, target.setdefault(name, {})
    value = source.get(path[-1])
    if value in (None, 0, False, {}) and path[-1] not in ("rowCount", "columnCount"):
        target.pop(path[-1], None)
    else:
        target[path[-1]] = value


def _count_of(line: Message) -> str:
    return "rowCount" if line["dimension"] == "ROWS" else "columnCount"


def _shift(edit: Edit, line: Message, start: int, count: int) -> None:
    tab, dimension = edit.tab(line), line["dimension"]
    if start > tab.properties["gridProperties"][_count_of(line)]:
        raise edit.refused(f"range.startIndex[{start}] is beyond the grid.")
    if count < 0:
        area = (
            Area(start, 0, start - count, tab.columns)
            if dimension == "ROWS"
            else Area(0, start, tab.rows, start - count)
        )
        check_protection(edit.book, tab, area, edit.user)
    tab.shift(dimension, start, count)
    kept = []
    for entry in edit.book.metadata:
        at = entry["location"].get("dimensionRange")
        if at and at["sheetId"] == tab.id and at["dimension"] == dimension:
            if count < 0 and start <= at["startIndex"] < start - count:
                continue
            if at["startIndex"] >= start:
                at["startIndex"] += count
                at["endIndex"] += count
        kept.append(entry)
    edit.book.metadata = kept
