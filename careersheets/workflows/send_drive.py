"""The Drive channel: documents in a folder of Google Drive that only their recipient, and HR, see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

from ..delivery.drive import DriveDocument, Placing
from ..delivery.mail_outcome import Outcome
from ..documents.naming import safe_part
from ..ledger.ledger import Ledger, Run
from ..ledger.records import DeliveryRecord, DeliveryState
from ..tables.mail_address import AddressRefused, parse_address
from .send import Parcel
from .send_plan import DRIVE

_STATES = {
    Outcome.SENT: DeliveryState.SENT,
    Outcome.FAILED: DeliveryState.FAILED,
    Outcome.UNCERTAIN: DeliveryState.UNCERTAIN,
}


class Places(Protocol):
    """What puts documents into folders in Drive."""

    def put(
        self, recipient: str, address: str, folder_name: str, documents: Sequence[DriveDocument]
    ) -> Placing:
        """Put them there and say what became of them; raises nothing."""
        ...

    def has_arrived(self, recipient: str, address: str, key: str) -> bool | None:
        """Whether a document is there; None if that cannot be said."""
        ...


@dataclass(slots=True)
class DriveCarrier:
    """Brings parcels to Drive. `folder` is the workbook's; `names` are names by employee id."""

    drive: Places
    folder: Path
    names: Mapping[str, str]
    has_given_up: bool = field(default=False, init=False)

    def deliver(self, parcel: Parcel) -> tuple[DeliveryState, str]:
        """Put one parcel into its recipient's folder."""
        try:
            address = parse_address(parcel.address).addr_spec
            documents = [
                DriveDocument(
                    item.document.document,
                    PurePosixPath(item.document.path).name,
                    (self.folder / item.document.path).read_bytes(),
                )
                for item in parcel.items
            ]
        except AddressRefused as error:
            return DeliveryState.FAILED, str(error)
        except OSError:
            return DeliveryState.FAILED, "A document cannot be read."
        placing = self.drive.put(parcel.recipient, address, self._folder_name(parcel.recipient), documents)
        self.has_given_up = placing.for_everybody
        return _STATES[placing.outcome], placing.sentence

    def _folder_name(self, recipient: str) -> str:
        return safe_part(f"{self.names.get(recipient, '')} {recipient}") if recipient else "HR"


def resolve_drive(ledger: Ledger, run: Run, uncertain: Iterable[DeliveryRecord], drive: Places) -> None:
    """Decide what a cut left uncertain in Drive by looking there; what Drive does not say stays uncertain."""
    for delivery in uncertain:
        if delivery.channel != DRIVE:
            continue
        try:
            address = parse_address(delivery.address).addr_spec
        except AddressRefused:
            address = delivery.address
        arrived = drive.has_arrived(delivery.recipient, address, delivery.document)
        if arrived is not None:
            state = DeliveryState.SENT if arrived else DeliveryState.FAILED
            ledger.move_delivery(run.id, delivery.delivery, state, "seen in Drive")
