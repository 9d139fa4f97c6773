"""Every reason for which a file is not read or not written, in the words the user sees. The lists are closed."""

from __future__ import annotations

from enum import Enum
from pathlib import PurePath

from ..model.errors import FileRefused, InputError

# The code with which a reading child ends when 1 GB was not enough.
OUT_OF_MEMORY_EXIT = 71

_SAVE_AGAIN = "Open it in Excel, save it as an Excel workbook (.xlsx) and try again."
_SAVE_AGAIN_WORD = "Open it in Word, save it as a Word document (.docx) and try again."
_GET_ANOTHER = "Use a backup, or ask whoever sent it for a new copy."
_NOT_TRUSTED = "Do not open it; ask whoever sent it for a new copy saved by Excel or Word."


class Refusal(Enum):
    """Why a file is not read: the sentence after its name, and what to do."""

    MISSING = ("is not there.", "Check the name and the folder.")
    FOLDER = ("is a folder, not a file.", "Give the workbook inside it.")
    NO_PERMISSION = ("may not be read by you.", "Ask its owner for access, or copy it to a folder of yours.")
    IN_USE = ("is being saved at this moment.", "Wait a few seconds, then try again.")
    EMPTY = ("is empty: it holds 0 bytes.", _GET_ANOTHER)
    PASSWORD = (
        "is protected by a password.",
        "Open it in Excel, remove the password under File > Info, save, try again.",
    )
    TEXT = ("is a text file (such as .csv) with the name of a workbook.", _SAVE_AGAIN)
    WEB_PAGE = ("is a web page with the name of a workbook.", _SAVE_AGAIN)
    OTHER_FORMAT = ("is not an Excel workbook.", "Give an .xlsx, .xlsm, .xls or .ods file.")
    BINARY_WORKBOOK = ("is a binary workbook (.xlsb).", _SAVE_AGAIN)
    NOT_A_WORKBOOK = (
        "is not an Excel workbook, though it is packed like one.",
        "Give an .xlsx, .xlsm or .ods file.",
    )
    NOT_A_DOCUMENT = ("is not a Word document.", _SAVE_AGAIN_WORD)
    DAMAGED = ("is damaged or was only half saved.", _GET_ANOTHER)
    DAMAGED_PART = ("has a damaged part inside.", _SAVE_AGAIN)
    NO_SHEETS = ("holds no sheet with cells.", _SAVE_AGAIN)
    TOO_MANY_PARTS = ("holds more than 5,000 parts.", _NOT_TRUSTED)
    DUPLICATE_PARTS = ("holds two parts of the same name, so it says two different things.", _NOT_TRUSTED)
    OVERLAPPING_PARTS = ("holds parts that overlap, as only a manipulated file does.", _NOT_TRUSTED)
    UNPACKS_TOO_LARGE = (
        "unpacks to more than 200 MB.",
        "Delete unused rows, columns and pictures, or split it.",
    )
    SUSPICIOUS_COMPRESSION = ("is packed so tightly that it looks like an attack.", _NOT_TRUSTED)
    TWIN_SHEETS = ("holds two sheets of the same name.", "Rename one of them in Excel, save and try again.")
    ODD_ENCODING = ("is written in an encoding that Excel does not use.", _SAVE_AGAIN)
    DOCUMENT_TYPE = ("holds a document type declaration, which no office program writes.", _NOT_TRUSTED)
    TOO_MANY_CELLS = (
        "would need more than 1 GB of memory, mostly because some cells lie far away from the others.",
        "In Excel press Ctrl+End on each sheet, delete the empty rows and columns before that cell, and save.",
    )
    READER_FAILED = ("made the reader stop.", "Open it in Excel, save it under a new name and try that one.")
    TOO_SLOW = (
        "could not be read within 10 seconds.",
        "Delete unused sheets, rows and columns, or split it.",
    )

    @property
    def reason(self) -> str:
        """What follows the file's name in the sentence."""
        return self.value[0]

    @property
    def fix(self) -> str:
        """What to do."""
        return self.value[1]

    def of(self, path: PurePath | str) -> FileRefused:
        """The error that says so of `path`."""
        return FileRefused(path, self.reason, self.fix)


class WriteRefusal(Enum):
    """Why nothing is written into a workbook that could be read."""

    CHANGED = (
        "was changed by somebody since it was read.",
        "Nothing was written; run again on the new version.",
    )
    SIGNED = (
        "carries a digital signature, which any change would break.",
        "Remove the signature first, or use a copy.",
    )
    NOT_XLSX = (
        "is not an .xlsx or .xlsm file, the only kinds that can be written without loss.",
        _SAVE_AGAIN,
    )
    TOO_LARGE = ("is too large to be written back (4 GB, zip64).", "Split it.")
    UNUSUAL_XML = ("was saved by a program that writes in an unusual way.", _SAVE_AGAIN)
    NO_SUCH_SHEET = (
        "no longer has the sheet that is to be changed.",
        "Restore the sheet from a backup, or run again.",
    )
    SHEET_EXISTS = ("already has a sheet of that name.", "Nothing was written; run again.")
    OLD_VALUE = (
        "holds other values than those the change was made for.",
        "Nothing was written; make the change again.",
    )
    ROW_EXISTS = (
        "already has a row that is to be added.",
        "Nothing was written; it was probably applied before.",
    )
    FORMULA = (
        "has a formula in a cell that is to be filled.",
        "Nothing was written; replace the formula by its value.",
    )
    OUTSIDE = ("would get cells beyond the edge of the sheet.", "Nothing was written; use fewer rows.")
    BELOW_ROWS = (
        "has a table or merged cells below the last row that are in the way.",
        "Move them to another sheet.",
    )
    NO_PERMISSION = (
        "lies in a folder where you may not save.",
        "Copy it to a folder of yours and run again.",
    )
    DISK = ("could not be saved: the disk is full or not answering.", "Free some space, then run again.")

    @property
    def reason(self) -> str:
        """What follows the workbook's name in the sentence."""
        return self.value[0]

    @property
    def fix(self) -> str:
        """What to do."""
        return self.value[1]


class WriteRefused(InputError):
    """Nothing was written, for one reason of the closed list; `where` names a cell or sheet when there is one."""

    def __init__(self, path: PurePath | str, refusal: WriteRefusal, where: str = "") -> None:
        place = f" ({where})" if where else ""
        super().__init__(f'"{PurePath(path).name}"{place} {refusal.reason} {refusal.fix}')
        self.refusal = refusal
        self.where = where
