"""Sets up the account with which careersheets goes to Google: a service account by its key, or a person who signs in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ..model.errors import CareersheetsError
from ..workflows.install_doctor import Diagnosis
from .google import client_of, client_of_person
from .google_keys import IN_KEYRING, find_key, keep_key, read_key, read_oauth_client
from .google_sign_in import sign_in
from .google_token import keep_token
from .google_trial import address_of_person, try_google

Places = tuple[str, str]


def set_up_service_account(
    key_file: Path, folder: Path, places: Places, *, keyring: bool = False
) -> Iterator[Diagnosis]:
    """Try the key; with `keyring` it is kept there for `folder` as well. `places`: addresses of sheet and folder, or "".

    A `key_file` called keyring is the one that is kept there already.
    """
    try:
        key = find_key(IN_KEYRING, folder) if key_file == Path(IN_KEYRING) else read_key(key_file)
        kept = keep_key(key, folder) if keyring else False
        client = client_of(key)
    except CareersheetsError as error:
        yield Diagnosis(False, str(error))
        return
    if keyring and not kept:
        client.close()
        yield Diagnosis(
            False,
            "This computer has no keyring that works for you. Leave --keyring out, and keep the file where only you can "
            "read it.",
        )
        return
    yield Diagnosis(True, _where(key_file, kept=kept))
    yield Diagnosis(
        True, f"Share the sheet (as Editor) and the folder (as Content manager) with: {client.account}"
    )
    yield from try_google(client, *places)


def set_up_person(oauth: Path, folder: Path, places: Places, *, browser: bool = True) -> Iterator[Diagnosis]:
    """Have a person sign in with the OAuth client in the file `oauth`, and keep that for `folder`; then try it."""
    try:
        client = read_oauth_client(oauth)
        token = sign_in(client, browser=browser)
        google = client_of_person(token, client, folder)
        with suppress(CareersheetsError):
            token["account"] = address_of_person(google)
        google.close()
        where = keep_token(token, folder)
    except CareersheetsError as error:
        yield Diagnosis(False, str(error))
        return
    account = token.get("account") or "a person whose address Google does not tell"
    yield Diagnosis(True, f"You are signed in as {account}; that is kept in {where}.")
    yield Diagnosis(True, "The sheet and the folder must be yours, or shared with you as Editor.")
    yield from try_google(client_of_person(token, client, folder), *places)


def _where(key_file: Path, *, kept: bool) -> str:
    if kept:
        return f'The key is in the keyring of this computer now. Delete the file "{key_file.name}" and every copy of it.'
    if key_file == Path(IN_KEYRING):
        return "The key in the keyring is in order."
    return f'The key file "{key_file.name}" is in order, and only you can read it.'
