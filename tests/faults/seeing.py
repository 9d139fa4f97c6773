"""What must hold of a company's files, however a run ended."""

from __future__ import annotations

import hashlib
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
from lxml import etree

from careersheets.ledger.records import DeliveryState
from careersheets.surfaces.cli.exit_codes import ExitCode

from .company import CANARIES, Company
from .forking import Ended


def torn(company: Company) -> list[str]:
    """Documents and workbooks that do not open."""
    files = {**company.documents(), company.book.name: company.book.read_bytes()}
    files |= {path.name: path.read_bytes() for path in (company.hr / "backups").glob("careers*.xlsx")}
    return [name for name, data in files.items() if not opens(data)]


@cache
def opens(data: bytes) -> bool:
    """Whether the bytes are a whole archive of well-formed XML."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                content = archive.read(name)
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(content)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, EOFError):
        return False
    return True


def parts_of(book: Path) -> dict[str, bytes]:
    """A workbook's members."""
    with zipfile.ZipFile(book) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def noted(company: Company, column: str) -> dict[tuple[str, str], object]:
    """What the sheet Documents says in a column of each document, by employee id and kind."""
    book = openpyxl.load_workbook(company.book, read_only=True, data_only=True)
    try:
        rows = list(book["Documents"].iter_rows(values_only=True))
    finally:
        book.close()
    header = next(row for row in rows if "File" in row)
    person, kind, wanted = (header.index(name) for name in ("Employee ID", "Kind", column))
    return {
        (str(row[person]), str(row[kind])): row[wanted]
        for row in rows[rows.index(header) + 1 :]
        if row[person] is not None
    }


def noted_files(company: Company) -> set[str]:
    """The documents that the sheet Documents says are there."""
    return {str(file) for file in noted(company, "File").values()}


def ledger_faults(company: Company) -> list[str]:
    """What does not hold in the ledger, or does not lie on the disk as the ledger says."""
    on_disk = {name: hashlib.sha256(data).hexdigest() for name, data in company.documents().items()}
    with company.ledger() as ledger:
        faults = ledger.verify()
        for record in ledger.documents().values():
            if record.path and on_disk.get(record.path) != record.sha256:
                faults.append(f"{record.path} is not as the ledger says")
    return faults


def uncertain(company: Company) -> list[str]:
    """About whom mails are uncertain."""
    with company.ledger() as ledger:
        return [it.person for it in ledger.deliveries(DeliveryState.UNCERTAIN)]


def is_plain(ended: Ended) -> bool:
    """Whether a command ended with one of its exit codes, and said no more than sentences about it."""
    said = ended.err.strip()
    sentence = not said or said.endswith((".", ".)"))
    unforeseen = "Traceback" in said or "not foreseen" in said or 'File "' in said
    refused = ended.code in set(ExitCode) - {ExitCode.CLEAN, ExitCode.FINDINGS}
    return ended.code in set(ExitCode) and sentence and not unforeseen and (not refused or bool(said))


def canaries_in(*texts: str) -> list[str]:
    """Which of the names that are found nowhere else stand in `texts`."""
    return [
        name
        for name, canary in CANARIES.items()
        if any(canary.casefold() in text.casefold() for text in texts)
    ]
