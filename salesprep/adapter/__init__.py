"""The contract: all that an adapter may import of salesprep.

Imports nothing else of salesprep, and neither aiohttp, pydantic nor textual; an adapter's settings
model comes from :mod:`salesprep.adapter.config`, which does bring pydantic, and what ``recognise``
takes and gives from :mod:`salesprep.adapter.proposal`, and what marks a sentence for people from
:mod:`salesprep.adapter.words`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salesprep.adapter.contract import (
        PAGE_SIZE,
        Adapter,
        BlockingAdapter,
        Check,
        Http,
        Page,
        Query,
        Refusal,
        Request,
        Response,
        Window,
    )
    from salesprep.adapter.errors import (
        AdapterBug,
        AuthRequired,
        BadData,
        ConfigInvalid,
        ConsentMissing,
        DeadlineExceeded,
        Failure,
        PermissionDenied,
        RateLimited,
        SourceError,
        Unavailable,
    )
    from salesprep.adapter.fields import Fields
    from salesprep.adapter.raw import Raw, get_json, number_of, page_from, read_json
    from salesprep.adapter.records import (
        RECORD_TYPES,
        Account,
        Activity,
        Change,
        Contract,
        Document,
        Invoice,
        Keys,
        Kind,
        Meeting,
        Money,
        Opportunity,
        Order,
        Participant,
        Person,
        Place,
        Post,
        Record,
        Task,
        Ticket,
        When,
        moment,
    )

__all__ = [
    "PAGE_SIZE",
    "RECORD_TYPES",
    "Account",
    "Activity",
    "Adapter",
    "AdapterBug",
    "AuthRequired",
    "BadData",
    "BlockingAdapter",
    "Change",
    "Check",
    "ConfigInvalid",
    "ConsentMissing",
    "Contract",
    "DeadlineExceeded",
    "Document",
    "Failure",
    "Fields",
    "Http",
    "Invoice",
    "Keys",
    "Kind",
    "Meeting",
    "Money",
    "Opportunity",
    "Order",
    "Page",
    "Participant",
    "PermissionDenied",
    "Person",
    "Place",
    "Post",
    "Query",
    "RateLimited",
    "Raw",
    "Record",
    "Refusal",
    "Request",
    "Response",
    "SourceError",
    "Task",
    "Ticket",
    "Unavailable",
    "When",
    "Window",
    "get_json",
    "moment",
    "number_of",
    "page_from",
    "read_json",
]

_HOMES = ("records", "errors", "contract", "raw", "fields")
"""Where the names live. Each is imported when it is asked for: what is painted first needs the words alone,
and the classes of the records take as long to make as half of that."""


def __getattr__(name: str) -> object:
    if name in __all__:
        for home in _HOMES:
            module = import_module(f"{__name__}.{home}")
            if hasattr(module, name):
                globals()[name] = found = getattr(module, name)
                return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
