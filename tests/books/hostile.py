"""Hostile files of our own making: each in one way damaged, manipulated, misleading or merely odd.

`hostile_files()` gives (name with ending, content) for each. Nothing is stored; everything is made anew.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator

from .workbook_maker import (
    DECLARATION,
    PLAIN_ROW,
    SHEET_PART,
    SPACES,
    TEXTS_PART,
    changed,
    links,
    packed,
    plain_parts,
    rows_of,
    sheet,
    texts,
    workbook,
)

File = tuple[str, bytes]
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")


def hostile_files() -> Iterator[File]:
    """Every hostile file."""
    for family in (
        _not_workbooks, _damaged_archives, _manipulated_archives, _bombs, _entities, _odd_xml, _odd_structure,
        _odd_workbooks, _far_cells, _odd_cells, _odd_texts, _other_kinds,
    ):  # fmt: skip
        yield from family()


def _not_workbooks() -> Iterator[File]:
    yield "zero_bytes.xlsx", b""
    yield "one_byte.xlsx", b"P"
    yield "two_bytes.xlsx", b"PK"
    yield "only_a_signature.xlsx", b"PK\x03\x04"
    yield "comma_separated.xlsx", b"Employee ID,Score\r\nE-1,4\r\n"
    yield "comma_separated_utf16.xlsx", "Employee ID\tScore\r\nE-1\t4\r\n".encode("utf-16")
    yield "comma_separated_with_mark.xlsx", "\ufeffMitarbeiter;Wert\nE-1;4\n".encode()
    yield "latin_text.xlsx", "Prénom;Niveau\nÉloïse;3\n".encode("latin-1")
    yield "web_page.xlsx", b"<html><body><table><tr><td>Ines</td></tr></table></body></html>"
    yield "web_page_with_doctype.xls", b"<!DOCTYPE html><html><table></table></html>"
    yield (
        "spreadsheet_2003.xls",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    )
    yield "portable_document.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 3000
    yield "rich_text.xlsx", b"{\\rtf1 Ines}"
    yield "picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(500)
    yield "program.xlsx", b"\x7fELF" + bytes(2000)
    yield "zeros.xlsx", bytes(1_000_000)
    yield "ones.xlsx", b"\xff" * 100_000
    yield "json.xlsx", b'{"employees": []}'
    yield "gzip.xlsx", b"\x1f\x8b\x08\x00" + bytes(300)
    yield "rar.xlsx", b"Rar!\x1a\x07\x00" + bytes(300)
    yield "seven_zip.xlsx", b"7z\xbc\xaf\x27\x1c" + bytes(300)
    yield "plain_archive.xlsx", packed({"notes.txt": "no workbook"})
    yield "empty_archive.xlsx", packed({})
    yield (
        "word_document.xlsx",
        packed({"word/document.xml": "<document/>", "[Content_Types].xml": "<Types/>"}),
    )
    yield "python_wheel.xlsx", packed({"package/__init__.py": "", "package.dist-info/RECORD": ""})
    yield "password_protected.xlsx", _OLE2 + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
    yield "empty_container.xls", _OLE2 + bytes(4096)
    yield "old_book_header_only.xls", _OLE2 + bytes(504) + "Workbook".encode("utf-16-le") + bytes(4000)
    yield "old_book_cut.xls", _OLE2 + "Book".encode("utf-16-le")
    yield "bare_biff.xls", b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(2000)
    yield (
        "binary_workbook.xlsb",
        packed({"xl/workbook.bin": b"\x83\x01\x00", "[Content_Types].xml": "<Types/>"}),
    )


def _damaged_archives() -> Iterator[File]:
    good = packed(plain_parts())
    for share in (10, 25, 50, 75, 90, 99):
        yield f"cut_at_{share}_percent.xlsx", good[: len(good) * share // 100]
    for lost in (1, 2, 21, 22, 23, 60):
        yield f"last_{lost}_bytes_lost.xlsx", good[:-lost]
    yield "junk_behind.xlsx", good + b"JUNK" * 1000
    yield "junk_before.xlsx", b"JUNK" * 1000 + good
    yield "junk_in_the_middle.xlsx", good[:300] + b"JUNK" + good[300:]
    yield "twice_in_a_row.xlsx", good + good
    yield "first_byte_wrong.xlsx", b"X" + good[1:]
    yield (
        "every_37th_byte_wrong.xlsx",
        bytes(
            byte ^ 0xFF if 200 < place < len(good) - 300 and place % 37 == 0 else byte
            for place, byte in enumerate(good)
        ),
    )
    yield "line_ends_converted.xlsx", good.replace(b"\n", b"\r\n")
    yield "sent_as_text.xlsx", good.decode("latin-1").encode("utf-8")
    yield "sheet_checksum_wrong.xlsx", _with_directory(good, SHEET_PART, 16, struct.pack("<I", 1))
    yield "sheet_size_too_small.xlsx", _with_directory(good, SHEET_PART, 24, struct.pack("<I", 10))
    yield "sheet_size_too_large.xlsx", _with_directory(good, SHEET_PART, 24, struct.pack("<I", 100_000))
    yield "sheet_is_not_deflated.xlsx", _with_directory(good, SHEET_PART, 10, struct.pack("<H", 0))
    yield "directory_count_wrong.xlsx", good[:-12] + struct.pack("<H", 3) + good[-10:]
    yield "directory_offset_wrong.xlsx", good[:-6] + struct.pack("<I", 7) + good[-2:]


def _manipulated_archives() -> Iterator[File]:
    good = packed(plain_parts())
    yield "marked_encrypted.xlsx", _with_directory(good, SHEET_PART, 8, struct.pack("<H", 1))
    yield "unknown_packing.xlsx", _with_directory(good, SHEET_PART, 10, struct.pack("<H", 99))
    yield "bzip2_packing.xlsx", packed(plain_parts(), method=zipfile.ZIP_BZIP2)
    yield "lzma_packing.xlsx", packed(plain_parts(), method=zipfile.ZIP_LZMA)
    yield "not_packed_at_all.xlsx", packed(plain_parts(), method=zipfile.ZIP_STORED)
    yield "all_parts_in_one_place.xlsx", _all_in_one_place(good)
    yield "sheet_lies_in_texts.xlsx", _with_directory(good, SHEET_PART, 42, _place_of(good, TEXTS_PART))
    yield "place_beyond_the_end.xlsx", _with_directory(good, SHEET_PART, 42, struct.pack("<I", 0x7FFFFFFF))
    yield "place_in_the_directory.xlsx", _with_directory(good, SHEET_PART, 42, good[-6:-2])
    yield "long_comment.xlsx", packed(plain_parts(), comment=b"x" * 65000)
    yield "comment_that_looks_like_an_end.xlsx", packed(plain_parts(), comment=b"PK\x05\x06" + bytes(18))
    yield "same_part_twice.xlsx", _with_extra([(SHEET_PART, sheet(PLAIN_ROW.replace("5", "1")))])
    yield "same_part_in_capitals.xlsx", _with_extra([(SHEET_PART.upper(), sheet())])
    yield "same_part_with_backslashes.xlsx", _with_extra([(SHEET_PART.replace("/", "\\"), sheet())])
    yield (
        "names_that_climb.xlsx",
        _with_extra([("../../outside", "x"), ("/etc/outside", "x"), ("C:\\outside", "x")]),
    )
    yield "names_with_nul.xlsx", _with_extra([("xl/a\0b.xml", "<a/>")])
    yield "very_long_name.xlsx", _with_extra([("x" * 60_000, "x")])
    yield "names_not_utf8.xlsx", good.replace(b"xl/sharedStrings.xml", b"xl/shared\xff\xfeings.xml")
    yield "sixty_thousand_parts.xlsx", _with_extra([(f"junk/{number}", "") for number in range(60_000)])
    yield (
        "five_thousand_sheets_on_disk.xlsx",
        _with_extra([(f"xl/worksheets/extra{number}.xml", "<worksheet/>") for number in range(4_000)]),
    )
    yield "folder_entries.xlsx", _with_extra([("xl/", ""), ("xl/worksheets/", "")])
    yield "part_is_a_folder.xlsx", _with_extra([(SHEET_PART + "/", "")])
    yield "zip64_directory.xlsx", _as_zip64()


def _bombs() -> Iterator[File]:
    head, tail = f"<worksheet {SPACES}><sheetData>", "</sheetData></worksheet>"
    yield "bomb_of_spaces.xlsx", _bomb(SHEET_PART, head, b" " * 65536, 3400, tail)
    yield "bomb_of_rows.xlsx", _bomb(SHEET_PART, head, b"<row><c><v>1</v></c></row>" * 2500, 3400, tail)
    yield (
        "bomb_of_text.xlsx",
        _bomb(TEXTS_PART, f"<sst {SPACES}><si><t>", b"A" * 65536, 3400, "</t></si></sst>"),
    )
    yield (
        "bomb_of_texts.xlsx",
        _bomb(TEXTS_PART, f"<sst {SPACES}>", b"<si><t>a</t></si>" * 4000, 3400, "</sst>"),
    )
    yield (
        "bomb_that_lies_about_its_size.xlsx",
        _with_directory(
            _bomb(SHEET_PART, head, b" " * 65536, 3400, tail), SHEET_PART, 24, struct.pack("<I", 5000)
        ),
    )
    yield "many_small_bombs.xlsx", _with_extra([(f"xl/media/{n}.bin", b"\0" * 3_900_000) for n in range(60)])
    yield (
        "rows_below_the_limit.xlsx",
        _bomb(SHEET_PART, head, b"<row><c><v>1</v></c></row>" * 2500, 400, tail),
    )
    yield "spaces_below_the_limit.xlsx", _bomb(SHEET_PART, head, b" " * 65536, 50, tail)


def _entities() -> Iterator[File]:
    laughs = "<!DOCTYPE l [" + '<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    ) + "]>"  # fmt: skip
    long = '<!DOCTYPE l [<!ENTITY a "' + "A" * 100_000 + '">]>'
    outside = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    text = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
    yield "entities_in_texts.xlsx", changed(texts=texts("&a9;", prolog=laughs))
    yield "entities_in_sheet.xlsx", changed(sheet=sheet(text.format("&a9;"), prolog=laughs))
    yield "entities_in_workbook.xlsx", changed(workbook=workbook(prolog=laughs))
    yield "entities_in_types.xlsx", changed(types=f"{laughs}<Types/>")
    yield "entities_in_links.xlsx", changed(workbook_links=f"{laughs}<Relationships/>")
    yield "quadratic_entities.xlsx", changed(sheet=sheet(text.format("&a;" * 50_000), prolog=long))
    yield "outside_file_in_texts.xlsx", changed(texts=texts("&x;", prolog=outside))
    yield "outside_file_in_sheet.xlsx", changed(sheet=sheet(text.format("&x;"), prolog=outside))
    yield (
        "outside_declaration.xlsx",
        changed(sheet=sheet(prolog='<!DOCTYPE l SYSTEM "http://127.0.0.1:9/x.dtd">')),
    )
    yield (
        "parameter_entities.xlsx",
        changed(sheet=sheet(prolog='<!DOCTYPE l [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>')),
    )
    yield (
        "declaration_behind_long_comment.xlsx",
        changed(sheet=sheet(text.format("&a9;"), prolog="<!--" + "x" * 100_000 + "-->" + laughs)),
    )
    for coding in ("utf-16-le", "utf-16-be", "utf-32-le"):
        declared = DECLARATION.replace("UTF-8", coding.rpartition("-")[0].upper())
        content = f"\ufeff{declared}{laughs}<sst {SPACES}><si><t>&a9;</t></si></sst>".encode(coding)
        yield f"entities_in_{coding.replace('-', '_')}.xlsx", changed(texts=content)
    yield "empty_declaration.xlsx", changed(sheet=sheet(prolog="<!DOCTYPE worksheet>"))
    yield "undefined_entity.xlsx", changed(sheet=sheet(text.format("&nbsp;")))
    yield (
        "entities_in_ods.ods",
        packed(
            {
                "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
                "content.xml": f"{laughs}<x>&a9;</x>",
            }
        ),
    )


def _odd_xml() -> Iterator[File]:
    yield "texts_in_utf16.xlsx", changed(texts=texts("José").replace("UTF-8", "UTF-16").encode("utf-16"))
    yield "sheet_in_utf16.xlsx", changed(sheet=sheet().replace("UTF-8", "UTF-16").encode("utf-16"))
    yield (
        "texts_in_latin1.xlsx",
        changed(texts=texts("José").replace("UTF-8", "ISO-8859-1").encode("latin-1")),
    )
    yield "texts_not_utf8.xlsx", changed(texts=texts("Jos").encode().replace(b"Jos", b"Jos\xe9"))
    yield "unknown_encoding.xlsx", changed(texts=texts().replace("UTF-8", "KLINGON-1"))
    yield "wrong_encoding_declared.xlsx", changed(texts=texts("José").replace("UTF-8", "UTF-16"))
    yield "mark_at_the_start.xlsx", changed(sheet="\ufeff" + sheet())
    yield "space_at_the_start.xlsx", changed(sheet="  \n" + sheet())
    yield "no_declaration.xlsx", changed(sheet=sheet().removeprefix(DECLARATION))
    yield "empty_sheet_part.xlsx", changed(sheet="")
    yield "sheet_part_is_text.xlsx", changed(sheet="not XML at all")
    yield "sheet_part_is_binary.xlsx", changed(sheet=bytes(range(256)) * 40)
    yield "sheet_cut_in_a_cell.xlsx", changed(sheet=sheet()[:-60])
    yield "sheet_without_end.xlsx", changed(sheet=sheet().replace("</worksheet>", ""))
    yield "tags_crossed.xlsx", changed(sheet=sheet("<row r='1'><c r='A1'></row></c>"))
    yield "two_roots.xlsx", changed(sheet=sheet() + "<worksheet/>")
    yield (
        "two_sheet_datas.xlsx",
        changed(sheet=sheet(after=f"<sheetData>{PLAIN_ROW.replace('5', '1')}</sheetData>")),
    )
    yield "no_sheet_data.xlsx", changed(sheet=f"{DECLARATION}<worksheet {SPACES}/>")
    yield "wrong_namespace.xlsx", changed(sheet=sheet().replace("2006/main", "1999/other"))
    yield "no_namespace.xlsx", changed(sheet=sheet().replace(SPACES, ""))
    yield "prefixed.xlsx", changed(sheet=_prefixed(sheet()))
    yield (
        "strict_namespace.xlsx",
        changed(
            sheet=sheet().replace(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
        ),
    )
    yield "comments_between_cells.xlsx", changed(sheet=sheet(PLAIN_ROW.replace("<c r=", "<!-- c --><c r=")))
    yield (
        "character_data_section.xlsx",
        rows_of('<c r="A1" t="inlineStr"><is><t><![CDATA[<c r="B1" t="e">]]></t></is></c>'),
    )
    yield (
        "processing_instruction.xlsx",
        changed(sheet=sheet(prolog='<?xml-stylesheet href="http://127.0.0.1:9/"?>')),
    )
    yield "deep_nesting.xlsx", rows_of("<x>" * 100_000 + "</x>" * 100_000)
    yield (
        "many_attributes.xlsx",
        changed(sheet=sheet("<row " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>")),
    )
    yield "same_attribute_twice.xlsx", rows_of('<c r="A1" r="B1"><v>1</v></c>')
    yield "long_attribute.xlsx", rows_of(f'<c r="A1" x="{"y" * 5_000_000}"><v>1</v></c>')
    yield "greater_sign_in_attribute.xlsx", rows_of('<c r="A1" x="a>b" t="e"><v>#N/A</v></c>')
    yield "single_quotes.xlsx", rows_of("<c r='A1' t='e'><v>#N/A</v></c>")


def _odd_structure() -> Iterator[File]:
    for part in ("sheet", "texts", "workbook", "workbook_links", "types", "package_links"):
        yield f"without_{part}.xlsx", changed(**{part: None})
        yield f"with_empty_{part}.xlsx", changed(**{part: ""})
    sheet_link = ("rId1", "worksheet")
    for name, target in {
        "climbs": "../../../../etc/hostname", "absolute": "/xl/worksheets/sheet1.xml", "absolute_elsewhere": "/etc/hostname",
        "to_itself": "workbook.xml", "to_texts": "sharedStrings.xml", "nowhere": "worksheets/none.xml", "empty": "",
        "back_slashes": "worksheets\\sheet1.xml", "in_capitals": "WORKSHEETS/SHEET1.XML", "encoded": "worksheets/sheet%31.xml",
    }.items():  # fmt: skip
        yield f"sheet_link_{name}.xlsx", changed(workbook_links=links((*sheet_link, target)))
    yield (
        "sheet_link_outside.xlsx",
        changed(
            workbook_links=links((*sheet_link, "http://127.0.0.1:9/sheet.xml"), mode=' TargetMode="External"')
        ),
    )
    yield (
        "sheet_link_of_unknown_kind.xlsx",
        changed(workbook_links=links(("rId1", "mystery", "worksheets/sheet1.xml"))),
    )
    yield (
        "sheet_link_twice.xlsx",
        changed(
            workbook_links=links((*sheet_link, "worksheets/sheet1.xml"), (*sheet_link, "sharedStrings.xml"))
        ),
    )


def _odd_workbooks() -> Iterator[File]:
    one = '<sheet name="Scores" sheetId="1" r:id="rId1"/>'
    yield "no_sheets.xlsx", changed(workbook=workbook(""))
    yield "sheet_without_name.xlsx", changed(workbook=workbook('<sheet name="" sheetId="1" r:id="rId1"/>'))
    yield "sheet_without_link.xlsx", changed(workbook=workbook('<sheet name="Scores" sheetId="1"/>'))
    yield "same_sheet_name_twice.xlsx", changed(workbook=workbook(one + one.replace("Scores", "scores")))
    yield "exactly_the_same_sheet_twice.xlsx", changed(workbook=workbook(one + one))
    yield "all_very_hidden.xlsx", changed(workbook=workbook(one.replace("r:id", 'state="veryHidden" r:id')))
    yield "unknown_state.xlsx", changed(workbook=workbook(one.replace("r:id", 'state="transparent" r:id')))
    yield (
        "two_thousand_tabs.xlsx",
        changed(workbook=workbook("".join(one.replace("Scores", f"S{number}") for number in range(2_000)))),
    )
    yield "long_sheet_name.xlsx", changed(workbook=workbook(one.replace("Scores", "S" * 100_000)))
    yield "sheet_name_with_slashes.xlsx", changed(workbook=workbook(one.replace("Scores", "../[x]:*?/\\")))
    yield "sheet_name_right_to_left.xlsx", changed(workbook=workbook(one.replace("Scores", "\u202eserocS")))
    names = "".join(f'<definedName name="n{n}">Scores!$A$1:$XFD$1048576</definedName>' for n in range(50_000))
    yield (
        "fifty_thousand_names.xlsx",
        changed(workbook=workbook(after=f"<definedNames>{names}</definedNames>")),
    )
    yield (
        "name_that_refers_to_itself.xlsx",
        changed(
            workbook=workbook(after='<definedNames><definedName name="a">a</definedName></definedNames>')
        ),
    )
    yield (
        "name_without_place.xlsx",
        changed(workbook=workbook(after="<definedNames><definedName>#REF!</definedName></definedNames>")),
    )
    yield (
        "counts_days_from_1904.xlsx",
        changed(workbook=workbook().replace("<sheets>", '<workbookPr date1904="1"/><sheets>')),
    )
    yield "signed.xlsx", _with_extra([("_xmlsignatures/sig1.xml", "<Signature/>")])
    yield "with_macros_part.xlsx", _with_extra([("xl/vbaProject.bin", _OLE2 + bytes(600))])
    yield (
        "chart_sheet_only.xlsx",
        changed(
            workbook_links=links(("rId1", "chartsheet", "worksheets/sheet1.xml")),
            sheet=f"<chartsheet {SPACES}/>",
        ),
    )


def _far_cells() -> Iterator[File]:
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    yield (
        "opposite_corners.xlsx",
        changed(sheet=sheet(first + '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')),
    )
    yield (
        "last_row_only.xlsx",
        changed(sheet=sheet(first + '<row r="1048576"><c r="B1048576"><v>2</v></c></row>')),
    )
    yield (
        "last_column_only.xlsx",
        changed(sheet=sheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>')),
    )
    yield "dimension_too_large.xlsx", changed(sheet=sheet(before='<dimension ref="A1:XFD1048576"/>'))
    yield (
        "dimension_too_small.xlsx",
        changed(
            sheet=sheet(PLAIN_ROW + '<row r="2"><c r="C2"><v>7</v></c></row>', before='<dimension ref="A1"/>')
        ),
    )
    for name, value in {
        "nonsense": "x",
        "reversed": "C9:A1",
        "empty": "",
        "beyond": "A1:ZZZZ99999999",
    }.items():
        yield f"dimension_{name}.xlsx", changed(sheet=sheet(before=f'<dimension ref="{value}"/>'))
    for name, address in {
        "beyond_the_grid": "ZZZZ99999999", "below_the_grid": "A1048577", "right_of_the_grid": "XFE1", "row_zero": "A0",
        "negative": "A-5", "snowman": "\u2603", "no_letters": "17", "no_number": "AB", "small_letters": "b7", "huge": "A" * 5000,
        "overflow": "A18446744073709551617", "with_dollars": "$B$2", "with_space": " B2",
    }.items():  # fmt: skip
        yield f"address_{name}.xlsx", changed(sheet=sheet(f'<row r="1"><c r="{address}"><v>1</v></c></row>'))
    for name, number in {
        "zero": "0",
        "negative": "-5",
        "beyond": "99999999",
        "text": "one",
        "empty": "",
    }.items():
        yield f"row_number_{name}.xlsx", changed(sheet=sheet(f'<row r="{number}"><c><v>1</v></c></row>'))
    yield "rows_backwards.xlsx", changed(sheet=sheet('<row r="9"><c r="A9"><v>9</v></c></row>' + first))
    yield "same_row_twice.xlsx", changed(sheet=sheet(first + first.replace("<v>1", "<v>2")))
    yield "same_cell_twice.xlsx", rows_of('<c r="A1"><v>1</v></c>', '<c r="A1"><v>2</v></c>')
    yield "cells_backwards.xlsx", rows_of('<c r="C1"><v>3</v></c>', '<c r="A1"><v>1</v></c>')
    yield "cell_in_another_row.xlsx", changed(sheet=sheet('<row r="1"><c r="A7"><v>1</v></c></row>'))
    yield (
        "no_addresses.xlsx",
        changed(sheet=sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")),
    )
    empty = "".join(
        f'<row r="{n}" s="0" customFormat="1"><c r="A{n}" s="0"/></row>' for n in range(1, 300_001)
    )
    yield "formatted_empty_rows.xlsx", changed(sheet=sheet(empty))
    merged = '<mergeCells count="1"><mergeCell ref="{}"/></mergeCells>'
    for name, area in {
        "everything": "A1:XFD1048576",
        "nonsense": "x:y",
        "single": "A1",
        "reversed": "C3:A1",
    }.items():
        yield f"merged_{name}.xlsx", changed(sheet=sheet(after=merged.format(area)))
    many = "".join(f'<mergeCell ref="A{2 * n}:A{2 * n + 1}"/>' for n in range(1, 50_001))
    yield (
        "fifty_thousand_merged.xlsx",
        changed(sheet=sheet(after=f'<mergeCells count="50000">{many}</mergeCells>')),
    )


def _odd_cells() -> Iterator[File]:
    cells = {
        "text_index_beyond": 't="s"><v>999999</v>', "text_index_negative": 't="s"><v>-1</v>', "text_index_text": 't="s"><v>x</v>',
        "text_index_empty": 't="s"><v></v>', "text_index_huge": 't="s"><v>99999999999999999999</v>', "style_beyond": 's="99999"><v>1</v>',
        "style_negative": 's="-1"><v>1</v>', "not_a_number": "><v>NaN</v>", "infinite": "><v>1e999</v>", "minus_infinite": "><v>-INF</v>",
        "text_as_number": "><v>five</v>", "number_with_comma": "><v>3,5</v>", "number_with_spaces": "><v> 5 </v>", "hexadecimal": "><v>0x10</v>",
        "long_number": "><v>" + "9" * 5000 + "</v>", "tiny_number": "><v>1e-400</v>", "iso_date": 't="d"><v>2026-02-30T00:00:00</v>',
        "iso_date_far": 't="d"><v>99999-99-99</v>', "boolean_text": 't="b"><v>maybe</v>', "boolean_two": 't="b"><v>2</v>', "unknown_type": 't="zzz"><v>1</v>',
        "empty_type": 't=""><v>1</v>', "error_unknown": 't="e"><v>#WRONG!</v>', "error_empty": 't="e"><v></v>', "error_ref": 't="e"><v>#REF!</v>',
        "error_spill": 't="e"><v>#SPILL!</v>', "formula_without_value": "><f>SUM(B1:B9)</f>", "formula_empty_value": "><f>1/0</f><v></v>",
        "formula_text_empty": 't="str"><f>""</f><v></v>', "formula_text_no_value": 't="str"><f>""</f>', "formula_shared_alone": '><f t="shared" si="7"/><v>1</v>',
        "formula_array_wide": '><f t="array" ref="A1:XFD1048576">1</f><v>1</v>', "formula_long": f"><f>{'1+' * 200_000}1</f><v>1</v>",
        "formula_with_error": 't="e"><f>NA()</f><v>#N/A</v>', "two_values": "><v>1</v><v>2</v>", "nested_cell": '><c r="A1"><v>1</v></c>',
        "inline_without_text": 't="inlineStr"><is/>', "inline_with_runs": 't="inlineStr"><is><r><t>In</t></r><r><t>es</t></r></is>',
        "value_and_inline": 't="inlineStr"><v>0</v><is><t>Ines</t></is>', "metadata_beyond": 'vm="99999" cm="99999"><v>1</v>',
    }  # fmt: skip
    for name, inside in cells.items():
        yield f"cell_{name}.xlsx", rows_of(f'<c r="A1" {inside}</c>')


def _odd_texts() -> Iterator[File]:
    items = {
        "control_characters_written_out": "Ines_x0000__x000B_Silva_x001F_", "control_character_raw": "Ines\x0bSilva",
        "nul_character": "Ines\0Silva", "surrogate_written_out": "_xD83D_", "forbidden_reference": "&#0;", "lone_surrogate_reference": "&#xD800;",
        "right_to_left": "Ines \u202egpj.exe", "emoji": "\U0001f9d1\u200d\U0001f4bb", "combining": "e" + "\u0301" * 5000,
        "template_code": "{{ cycler.__init__.__globals__ }}", "formula": '=HYPERLINK("http://127.0.0.1:9","x")', "command": "=cmd|'/c calc'!A0",
        "markup": "R&amp;D &lt;lead&gt;", "long": "A" * 5_000_000, "only_spaces": "     ", "line_ends": "a\r\nb\rc\nd",
    }  # fmt: skip
    for name, item in items.items():
        yield f"text_{name}.xlsx", changed(texts=texts(item))
    yield (
        "texts_count_lies.xlsx",
        changed(texts=texts(attributes='count="4294967295" uniqueCount="4294967295"')),
    )
    yield "texts_count_negative.xlsx", changed(texts=texts(attributes='count="-1" uniqueCount="-1"'))
    yield "texts_none.xlsx", changed(texts=f"{DECLARATION}<sst {SPACES}/>")
    yield "texts_with_phonetics.xlsx", changed(texts=texts("Ines</t><rPh sb='0' eb='1'><t>i</t></rPh><t>"))


def _other_kinds() -> Iterator[File]:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    body = "<office:document-content {}><office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
    cell = '<table:table-cell office:value-type="float" office:value="5"/>'
    tables = {
        "sound": f'<table:table table:name="S"><table:table-row>{cell}</table:table-row></table:table>',
        "no_table": "",
        "rows_repeated": f'<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row></table:table>',
        "columns_repeated": f'<table:table table:name="S"><table:table-row>{cell.replace("/>", " table:number-columns-repeated=" + chr(34) + "999999999" + chr(34) + "/>")}</table:table-row></table:table>',
        "both_repeated": f'<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576">{cell.replace("/>", " table:number-columns-repeated=" + chr(34) + "16384" + chr(34) + "/>")}</table:table-row></table:table>',
        "bad_number": f'<table:table table:name="S"><table:table-row>{cell.replace("5", "five")}</table:table-row></table:table>',
    }
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    sound = {"mimetype": kind, "META-INF/manifest.xml": manifest}
    for name, inside in tables.items():
        yield f"open_document_{name}.ods", packed({**sound, "content.xml": body.format(spaces, inside)})
    yield "open_document_empty_content.ods", packed({**sound, "content.xml": ""})
    yield "open_document_no_content.ods", packed(sound)
    yield "open_document_no_manifest.ods", packed({"mimetype": kind, "content.xml": body.format(spaces, "")})
    yield (
        "open_document_encrypted.ods",
        packed(
            {
                "mimetype": kind,
                "META-INF/manifest.xml": manifest.replace(
                    "/></", "><manifest:encryption-data/></manifest:file-entry></"
                ),
                "content.xml": bytes(range(256)),
            }
        ),
    )
    yield (
        "open_document_named_xlsx.xlsx",
        packed({**sound, "content.xml": body.format(spaces, tables["sound"])}),
    )
    yield "workbook_named_ods.ods", packed(plain_parts())
    yield "workbook_named_xls.xls", packed(plain_parts())
    yield "macro_workbook.xlsm", packed(plain_parts())
    yield "workbook_elsewhere.xlsx", _moved_workbook()


def _prefixed(xml: str) -> str:
    """The same sheet with a prefix on every element."""
    body = xml.replace(DECLARATION, "").replace("</", "\1").replace("<", "<x:").replace("\1", "</x:")
    return DECLARATION + body.replace("xmlns=", "xmlns:x=")


def _moved_workbook() -> bytes:
    parts = {name.replace("xl/", "book/"): content for name, content in plain_parts().items()}
    parts["_rels/.rels"] = links(("rId1", "officeDocument", "book/workbook.xml"))
    return packed(parts)


def _with_extra(extra: list[tuple[str, str | bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [*plain_parts().items(), *extra]:
            archive.NameToInfo.clear()
            archive.writestr(_info(name), content)
    return buffer.getvalue()


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("placeholder")
    info.filename = name
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _bomb(part: str, head: str, unit: bytes, times: int, tail: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in plain_parts().items():
            if name != part:
                archive.writestr(name, content)
        with archive.open(part, "w") as stream:
            stream.write(head.encode())
            for _ in range(times):
                stream.write(unit)
            stream.write(tail.encode())
    return buffer.getvalue()


def _directory_places(archive: bytes) -> dict[str, int]:
    """Where each part's directory entry begins."""
    found, place = {}, archive.find(b"PK\x01\x02")
    while place >= 0:
        length = struct.unpack_from("<H", archive, place + 28)[0]
        found[archive[place + 46 : place + 46 + length].decode("latin-1")] = place
        place = archive.find(b"PK\x01\x02", place + 4)
    return found


def _with_directory(archive: bytes, part: str, offset: int, new: bytes) -> bytes:
    """The archive with bytes of one directory entry replaced."""
    place = _directory_places(archive)[part] + offset
    return archive[:place] + new + archive[place + len(new) :]


def _place_of(archive: bytes, part: str) -> bytes:
    place = _directory_places(archive)[part]
    return archive[place + 42 : place + 46]


def _all_in_one_place(archive: bytes) -> bytes:
    for part in _directory_places(archive):
        archive = _with_directory(archive, part, 42, bytes(4))
    return archive


def _as_zip64() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in plain_parts().items():
            with archive.open(name, "w", force_zip64=True) as stream:
                stream.write(content if isinstance(content, bytes) else content.encode())
    return buffer.getvalue()
