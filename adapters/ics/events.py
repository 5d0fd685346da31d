"""What an event says besides its times: title, people, place, words. From the library's object to plain
data that can be kept in the index as JSON."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, TypedDict
from urllib.parse import unquote, urlsplit

from salesprep.adapter.names import domain_of

if TYPE_CHECKING:
    from icalendar import Event

LONGEST_BODY = 20_000
"""Characters; joining instructions of meeting services are the longest there is."""
MOST_PEOPLE = 500

_STATUS = {"CANCELLED": "cancelled", "TENTATIVE": "tentative"}
_MAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\Z")
_STRAY = re.compile(r"[^\S ]")
"""White space that nobody types: it came with a broken line."""
_GEO_ADDRESS = re.compile(r"geo:(-?\d{1,3}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)")
_HTML = re.compile(r"(?is)\A\s*<(?:!doctype|html|body|p|div|span|br|b|i|a|ul|table|font|h\d)\b.*>")


class Human(TypedDict):
    """Somebody invited."""

    name: str | None
    email: str | None
    role: str
    status: str | None


class Detail(TypedDict):
    """What all instances of one ``VEVENT`` share; of a busy one only ``uid`` and ``status`` are told."""

    uid: str
    busy: bool
    status: str
    title: str
    place: str | None
    latitude: float | None
    longitude: float | None
    body: str | None
    url: str | None
    people: list[Human]
    emails: list[str]
    domains: list[str]
    language: str | None
    updated: int | None
    """Seconds since 1970 UTC."""
    fields: dict[str, str]


def describe(event: Event, *, busy: bool, cancelled: bool) -> Detail:
    """Everything of ``event`` that may be told."""
    detail = Detail(
        uid=_text(event, "UID"),
        busy=busy,
        status="cancelled" if cancelled else _STATUS.get(_text(event, "STATUS").upper(), "confirmed"),
        title="",
        place=None,
        latitude=None,
        longitude=None,
        body=None,
        url=None,
        people=[],
        emails=[],
        domains=[],
        language=None,
        updated=None,
        fields={},
    )
    if busy:
        return detail
    people = _people(event)
    emails = list(dict.fromkeys(human["email"].lower() for human in people if human["email"]))
    lines = (line.strip() for line in _text(event, "LOCATION").splitlines())
    detail["title"] = " ".join(_text(event, "SUMMARY").split())
    detail["place"] = ", ".join(line for line in lines if line) or None
    detail["latitude"], detail["longitude"] = _degrees(event)
    detail["body"] = _body(_text(event, "DESCRIPTION"))
    detail["url"] = _web_address(_text(event, "URL"))
    detail["people"] = people
    detail["emails"] = emails
    detail["domains"] = list(dict.fromkeys(domain for mail in emails if (domain := domain_of(mail))))
    detail["language"] = _language(event)
    detail["updated"] = _updated(event)
    detail["fields"] = _fields(event)
    return detail


def _first(event: Event, name: str) -> Any:
    value = event.get(name)
    return value[0] if isinstance(value, list) and value else value


def _text(event: Event, name: str) -> str:
    value = _first(event, name)
    return str(value).strip() if isinstance(value, str) else ""


def _parameter(parameters: Any, name: str) -> str:
    """One parameter's value; the library makes a list of what has a comma and no quotes ("Smit, R")."""
    value = parameters.get(name, "")
    return ",".join(map(str, value) if isinstance(value, list | tuple) else [str(value)]).strip()


def _body(text: str) -> str | None:
    if _HTML.match(text):
        text = _plain(text)
    return text[:LONGEST_BODY].strip() or None


def _web_address(text: str) -> str | None:
    try:
        return text if urlsplit(text).scheme.lower() in ("http", "https") else None
    except ValueError:
        return None


def _degrees(event: Event) -> tuple[float | None, float | None]:
    geo = _first(event, "GEO")
    found = getattr(geo, "latitude", None), getattr(geo, "longitude", None)
    if found == (None, None):
        # Where calendars of Apple put it ("geo:52.38,7.52").
        match = _GEO_ADDRESS.match(str(_first(event, "X-APPLE-STRUCTURED-LOCATION") or ""))
        found = (float(match[1]), float(match[2])) if match else found
    latitude, longitude = found
    if not isinstance(latitude, float) or not isinstance(longitude, float):
        return None, None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or latitude == longitude == 0:
        return None, None
    return latitude, longitude


def _language(event: Event) -> str | None:
    return _parameter(getattr(_first(event, "SUMMARY"), "params", {}), "LANGUAGE") or None


def _updated(event: Event) -> int | None:
    moment = getattr(_first(event, "LAST-MODIFIED"), "dt", None)
    try:
        return int(moment.timestamp()) if moment is not None and moment.tzinfo is not None else None
    except (AttributeError, ValueError, OverflowError):
        return None


def _fields(event: Event) -> dict[str, str]:
    fields = {}
    categories = _first(event, "CATEGORIES")
    words = [str(word) for word in getattr(categories, "cats", ()) if str(word).strip()]
    if words:
        fields["categories"] = ", ".join(words)
    if contact := _text(event, "CONTACT"):
        fields["contact"] = contact
    return fields


# -- people -------------------------------------------------------------------------------------


def _people(event: Event) -> list[Human]:
    """Organiser first, then attendees; rooms and equipment are nobody."""
    found: dict[str, Human] = {}
    invited = event.get("ATTENDEE", [])
    organiser = _first(event, "ORGANIZER")
    addresses = [("organiser", organiser)] if organiser is not None else []
    addresses += [("attendee", who) for who in (invited if isinstance(invited, list) else [invited])]
    for role, who in addresses[:MOST_PEOPLE]:
        parameters = getattr(who, "params", {})
        if _parameter(parameters, "CUTYPE").upper() in ("ROOM", "RESOURCE"):
            continue
        email = _mail(str(who), parameters)
        name = _parameter(parameters, "CN").strip("\"'").strip() or None
        if name and email and name.lower() in (email.lower(), f"mailto:{email}".lower()):
            name = None
        if name is None and email is None:
            continue
        status = _parameter(parameters, "PARTSTAT").lower() or None
        key = (email or name or "").lower()
        if key in found:  # the organiser is often among the attendees, with the answer
            known = found[key]
            known["status"] = known["status"] or status
            known["name"] = known["name"] or name
            continue
        asked = _parameter(parameters, "ROLE").upper() not in ("OPT-PARTICIPANT", "NON-PARTICIPANT")
        found[key] = Human(
            name=name, email=email, role=role if asked or role == "organiser" else "optional", status=status
        )
    return list(found.values())


def _mail(value: str, parameters: Any) -> str | None:
    """The mail address: of ``mailto:``, or of the ``EMAIL`` parameter (RFC 7986, 6.2)."""
    # A name with a colon that nobody quoted puts its end before the scheme.
    before, colon, rest = value.strip().rpartition(":")
    is_mail = colon and before.rpartition(":")[2].lower() == "mailto"
    given = _STRAY.sub("", rest.partition("?")[0]) if is_mail else "" if colon else value
    for text in (unquote(given).strip(), _parameter(parameters, "EMAIL")):
        if _MAIL.match(text):
            return text
    return None


# -- descriptions that are HTML -----------------------------------------------------------------


class _Words(HTMLParser):
    _BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "table", "ul"})
    _SILENT = frozenset({"script", "style", "head", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._link: str | None = None
        self._before = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silent += 1
        elif tag in self._BREAKS:
            self.parts.append("\n")
        elif tag == "a":
            self._link, self._before = _web_address((dict(attrs).get("href") or "").strip()), len(self.parts)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link is not None:
            # What a word leads to is told beside it: it may say whom the event is with.
            if self._link not in "".join(self.parts[self._before :]):
                self.parts.append(f" ({self._link})")
            self._link = None
        if tag in self._SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in self._BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def _plain(html: str) -> str:
    """The words of a description that some programs write as a web page."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    lines = ("".join(reader.parts)).replace("\xa0", " ").splitlines()
    text = "\n".join(" ".join(line.split()) for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text)
