"""What an adapter makes of servers: refusals, troubles, and answers that are not as they were."""

from __future__ import annotations

from salesprep.kit.catalog.entry import about

_status = about("status", "http")
_troubles = about("troubles", "http")
_bodies = about("bodies", "http")
_fields = about("fields", "http", "json")
_manners = about("manners")
_live = about("live", "live")

_TYPED = "Let the errors of request.http pass: they are the right ones already. "

CHECKS = (
    _status(
        "http-401",
        "401 is AuthRequired",
        why="Only then does the user read that logging in again helps.",
        mend=_TYPED + "With a library of your own, raise AuthRequired.",
    ),
    _status(
        "http-403",
        "403 is PermissionDenied",
        why="Only then is what was shown before forgotten: the right to see it is gone.",
        mend=_TYPED + "With a library of your own, raise PermissionDenied.",
    ),
    _status(
        "http-429-with-time",
        "429 with Retry-After is RateLimited with that time",
        why="salesprep waits exactly so long and then asks again.",
        mend=_TYPED + "With a library of your own, raise RateLimited with retry_at.",
    ),
    _status(
        "http-429-without",
        "429 without Retry-After is RateLimited",
        why="An old answer may then be shown, and the user reads that nobody is to blame.",
        mend=_TYPED + "With a library of your own, raise RateLimited; retry_at may stay None.",
    ),
    _status(
        "http-500",
        "500 is Unavailable",
        why="The server has trouble of its own: it is left alone for a while, and nobody has to act.",
        mend=_TYPED + "With a library of your own, raise Unavailable.",
    ),
    _status(
        "http-503",
        "503 is Unavailable, with the time of Retry-After",
        why="A server in maintenance says when it is back; that time is kept to.",
        mend=_TYPED + "With a library of your own, raise Unavailable with retry_at.",
    ),
    _status(
        "no-retry-when-refused",
        "After 401, 403 and 429 it asks no more",
        why="Wrong passwords that are tried again lock the account; a limit that is ignored gets longer.",
        mend="Make each request once; salesprep decides when to ask again.",
    ),
    _status(
        "no-stale-after-refusal",
        "After 401 and 403 nothing of before is shown",
        why="Whoever lost the right to see something must not see yesterday's copy of it.",
        mend="Raise AuthRequired or PermissionDenied, and keep no answers of your own.",
    ),
    _troubles(
        "http-refused-connection",
        "No connection is Unavailable",
        why="A server that is down passes by itself; an error of the adapter does not.",
        mend=_TYPED + "With a library of your own, turn its connection errors into Unavailable.",
    ),
    _troubles(
        "http-cut",
        "An answer that breaks off is Unavailable or BadData",
        why="Half an answer that is taken for a whole one hides the other half.",
        mend=_TYPED + "With a library of your own, compare what came with Content-Length.",
    ),
    _troubles(
        "http-drip",
        "An answer that drips in is over at the deadline",
        why="A server that sends a byte a second holds up a call that has a time-out for each byte only.",
        mend=_TYPED + "With a library of your own, look at request.left() between pieces.",
    ),
    _troubles(
        "http-huge",
        "A body of 300 MB is not taken",
        why="It would fill the memory of a laptop, in the minute before the visit.",
        mend=_TYPED + "With a library of your own, read pieces and stop at a limit.",
    ),
    _troubles(
        "http-redirect-away",
        "A redirect to another host is not followed",
        why="A login that follows a redirect is given to whoever answers there.",
        mend=_TYPED + "With a library of your own, do not follow redirects.",
    ),
    _bodies(
        "http-html",
        "A web page in place of data is BadData",
        why="Login pages come with 200: they must not look like a customer without tickets.",
        mend="Check the form of what came; raise BadData if it is another.",
    ),
    _bodies(
        "http-encoding",
        "Bytes that are no UTF-8 are no crash",
        why="One letter from an old system must not cost the panel without a reason.",
        mend="Catch UnicodeDecodeError with the parser's own error and raise BadData, or decode with "
        'errors="replace".',
    ),
    _fields(
        "http-field-missing",
        "A field that is gone is BadData, or costs that field alone",
        why="Servers are updated. The admin has to read which field changed, not KeyError.",
        mend="Read answers through a pydantic model, and raise BadData with the path of the field.",
    ),
    _fields(
        "http-field-extra",
        "A new field changes nothing",
        why="Servers are updated, and new fields are no fault.",
        mend='Leave unknown fields alone: no extra="forbid" in models of answers.',
    ),
    _fields(
        "http-nulls",
        "A null anywhere is no crash, and never the word None",
        why="Every field is empty for somebody.",
        mend="Allow None where the field may be empty, else raise BadData; never str() what may be None.",
    ),
    _manners(
        "hosts-declared",
        "It speaks to the hosts of adapter.toml alone",
        why="The admin reads the manifest to know where customers' names go.",
        mend="List the host under hosts in adapter.toml, or config:FIELD; use request.http alone.",
    ),
    _live(
        "live-check",
        "The real source says that all is well",
        why="A sample shows what the adapter does; only the source shows that it is the right thing.",
        mend="Do what the source's check says.",
    ),
    _live(
        "live-answers",
        "The real source answers in the form that the contract asks for",
        why="Real servers send what no sample has.",
        mend="Compare what the source sends with the sample, and mend the adapter.",
    ),
    _live(
        "live-wrong-secret",
        "A wrong secret is AuthRequired at the real source",
        why="Some servers answer a wrong login with 200 and a page: the user would see an empty panel.",
        mend="Look at what comes back for a wrong login, and raise AuthRequired for it.",
        needs=("secrets",),
    ),
)
