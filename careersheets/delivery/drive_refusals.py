"""What Google answers when Drive does not do what it was asked, as sentences with what to do."""

from __future__ import annotations

from dataclasses import dataclass

from ..books.google.errors import GoogleFault, classify

# What everything goes into; errors are said to be about it.
_PLACE = "the folder for documents in Google Drive"
# Whatever is sent to whomever would end the same way.
_FOR_EVERYBODY = frozenset(
    {
        GoogleFault.UNREACHABLE,
        GoogleFault.BUSY,
        GoogleFault.ROBOT,
        GoogleFault.SIGNED_OUT,
        GoogleFault.SIGN_IN_OVER,
        GoogleFault.API_OFF,
        GoogleFault.SCOPE,
        GoogleFault.NO_STORAGE,
        GoogleFault.STORAGE_FULL,
    }
)
_SHARING = {
    b"invalidSharingRequest": "The recipient's address has no Google account, so nothing can be shared with it. Check the "
    "address.",
    b"domainPolicy": "Your organisation's rules do not let Google Drive share with this address. Ask its administrator.",
    b"shareOutNotPermitted": "Your organisation's rules do not let Google Drive share with this address. Ask its "
    "administrator.",
    b"RestrictionOnlyDomain": "This Shared drive may not be shared outside your organisation. Check the address, or ask the "
    "administrator.",
}
_SENTENCES = {
    GoogleFault.NOT_FOUND: "The folder for documents is not in Google Drive, or is not shared with {account}. Make this "
    "account a Content manager of the Shared drive.",
    GoogleFault.NOT_SHARED: "Google Drive does not let {account} do this. Make this account a Content manager of the Shared "
    "drive.",
}


@dataclass(eq=False)
class DriveTrouble(Exception):
    """A request that Drive did not do or, where `may_have_happened`, of which nobody knows whether it did."""

    fault: GoogleFault
    sentence: str

    def __str__(self) -> str:
        return self.sentence

    @property
    def may_have_happened(self) -> bool:
        """Whether the request may have been done all the same."""
        return self.fault in (GoogleFault.UNREACHABLE, GoogleFault.DOWN)

    @property
    def for_everybody(self) -> bool:
        """Whether every other recipient would fare the same."""
        return self.fault in _FOR_EVERYBODY


def trouble_of(status: int, content: str | bytes, account: str = "") -> DriveTrouble:
    """What an answer stands for; words of the answer that may name somebody are not repeated.

    Args:
        status: of the answer, 0 if there was none.
        content: its body.
        account: the address of the service account.
    """
    fault = classify(status, content)
    body = content.encode() if isinstance(content, str) else content
    for reason, sentence in _SHARING.items():
        if status in (400, 403) and reason in body:
            return DriveTrouble(fault, sentence)
    if fault in _SENTENCES:
        return DriveTrouble(fault, _SENTENCES[fault].format(account=account or "the service account"))
    return DriveTrouble(fault, str(fault.of(_PLACE, account)))
