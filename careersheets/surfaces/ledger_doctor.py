"""Says whether the ledger of a workbook is there, whole, and the one the workbook was written with."""

from __future__ import annotations

from ..ledger.ledger import open_ledger
from ..ledger.presence import has_record
from ..model.errors import CareersheetsError
from ..workflows.install_doctor import Diagnosis
from .configuration_faults import ConfigurationRefused
from .identity import identity_for
from .ledger_mark import mark_faults
from .master import Master, WorkBook
from .wiring import configuration_of, ledger_place_of


def examine_record(master: Master[WorkBook]) -> list[Diagnosis]:
    """What does not hold in the ledger of a workbook, or that it holds; nothing if there is none yet."""
    try:
        place = ledger_place_of(configuration_of(master.folder), master.folder)
        identity = identity_for(master, place)
        if not has_record(identity, place=place):
            faults = mark_faults(master.book, None, identity)
            return [Diagnosis(False, fault) for fault in faults]
        with open_ledger(identity, place=place) as ledger:
            faults = [*ledger.verify(), *mark_faults(master.book, ledger, identity)]
    except ConfigurationRefused:
        return []  # What is wrong with the settings is said with them.
    except CareersheetsError as error:
        return [Diagnosis(False, str(error))]
    return [Diagnosis(False, fault) for fault in faults] or [Diagnosis(True, "The record holds together.")]
