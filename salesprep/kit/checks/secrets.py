"""What must not be seen anywhere, followed with canaries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from salesprep.adapter import Failure
from salesprep.kit import models, spoiling
from salesprep.kit import twist as twisting
from salesprep.kit.bench import Bench, Told
from salesprep.kit.checks.settings import refused
from salesprep.kit.checks.status import answering
from salesprep.kit.direct import running
from salesprep.kit.heard import printed
from salesprep.kit.server import Asked, Reply, Twist, happy
from salesprep.kit.verdict import Fault, NotTried
from salesprep.sources import Ask
from salesprep.sources.load import load_class

SECRET = "canary-secret-7f3a"  # noqa: S105 - it is one on purpose
RECORD = "canary-record-7f3a"
_MOST = 40
"""Fields of answers that a canary is put into."""
_SHORTEST = 8
"""Letters: shorter texts of records are found in any log."""
_DATE = re.compile(rb"(?<!\d)(?:\d{4}-\d\d-\d\d|\d\d?[-./]\d\d?[-./]\d{4}|20\d{6})(?!\d)")


def _secret_fields(bench: Bench) -> dict[str, object]:
    """Fields that are secrets, are listed as such, or will be by their name."""
    known = dict(models.fields(load_class(bench.installed).Config))
    listed = bench.manifest.secrets
    return {
        dotted: kind
        for dotted, kind in known.items()
        if dotted in listed or models.is_secret(kind) or models.looks_secret(dotted)
    }


async def secrets_typed(bench: Bench) -> str:
    """Type, manifest and name must tell the same."""
    found = _secret_fields(bench)
    for dotted, kind in found.items():
        if not models.is_secret(kind):
            raise Fault(f'"{dotted}" is a secret and not of type Secret')
        if dotted not in bench.manifest.secrets:
            raise Fault(f'"{dotted}" is a Secret, and secrets in adapter.toml does not list it')
    return ", ".join(found) or "it has no secrets"


async def secrets_refused_as_text(bench: Bench) -> str:
    """Written out in each secret field."""
    found = _secret_fields(bench)
    for dotted in found:
        config = models.with_value(bench.source.config, dotted, SECRET)
        if config is None:
            continue
        failure = await refused(bench, config)
        if failure is None or failure.code != "config_invalid":
            raise Fault(f'"{dotted}" takes a secret that is written out in the settings')
        if SECRET in _said(failure):
            raise Fault(f'the refusal of "{dotted}" repeats the secret')
    return ", ".join(found) or "it has no secrets"


async def canary_secret(bench: Bench) -> str:
    """Another secret in place of the sample's, in good and in bad times."""
    canaries = {name: _canary(bench, value) for name, value in bench.sample.secrets.items()}
    if not canaries:
        raise NotTried("the sample sets no secret (secrets in kit.toml)")
    await bench.well()
    tried = 0
    for twist in _troubles(bench):
        if bench.server is not None:
            bench.server.accepts, bench.server.twist = canaries, twist
        bench.heard.clear()
        with printed() as out:
            async with bench.hosting(secrets=canaries) as hosted:
                tolds = await hosted.tell_all(bench.all_asks())
                checks = await hosted.check()
                standing = hosted.host.standing(hosted.source.name)
        tried += len(tolds)
        _unseen(SECRET, bench, tolds, f"{out.getvalue()}{checks!r}{standing!r}")
        if any(SECRET in repr(told.pages) for told in tolds):
            raise Fault("a record or page holds the secret")
        if any(SECRET.encode() in path.read_bytes() for path in hosted.written()):
            raise Fault("a file that it keeps in request.store holds the secret")
    async with running(bench, secrets=canaries) as run:
        shown = await run.on_loop(run.shown)
    if SECRET in str(shown):
        raise Fault("repr() of the adapter or its config shows the secret")
    return f"{tried} answers, their errors, logs and what is printed"


def _canary(bench: Bench, secret: str) -> str:
    """In place of a secret; one that is an address must still lead to the server."""
    if bench.server is None or not secret.startswith(bench.server.address):
        return SECRET
    return f"{secret}{'&' if '?' in secret else '?'}key={SECRET}"


def _troubles(bench: Bench) -> Iterator[Twist]:
    yield happy
    if bench.server is not None:
        yield from (answering(401), answering(500), answering(404))
        yield from (_html, _half)


def _html(_: Asked, reply: Reply) -> Reply:
    return replace(reply, headers={"Content-Type": "text/html"}, body=b"<html>log in</html>")


def _half(_: Asked, reply: Reply) -> Reply:
    return replace(reply, body=reply.body[: len(reply.body) // 2])


def _unseen(canary: str, bench: Bench, tolds: tuple[Told, ...], out: str) -> None:
    what = "the secret" if canary == SECRET else "what a record says"
    for told in tolds:
        if any(canary in said for said in _all_said(told)):
            raise Fault(f"{told.words}: an error or a reason holds {what}")
    if canary in bench.heard.text:
        raise Fault(f"the log holds {what}")
    if canary in out:
        raise Fault(f"it prints {what}, or its checks show it")


def _all_said(told: Told) -> Iterator[str]:
    """What is told about an answer, beside its records."""
    failures = [told.answer.failure, *(page.failure for page in told.pages)]
    yield from (_said(failure) for failure in failures if failure is not None)
    for page in told.pages:
        yield from (f"{refusal.why} {refusal.where}" for refusal in page.refused)


def _said(failure: Failure) -> str:
    return f"{failure.what} {failure.mend} {failure.field}"


async def canary_record(bench: Bench) -> str:
    """What the sample's records say; and a canary in place of dates and numbers, which cannot be read."""
    tolds = await bench.well()
    said = list(_telling(bench, tolds))
    asks = [told.ask for told in tolds]
    bench.heard.clear()
    with printed() as out:
        async with bench.hosting() as hosted:
            again = await hosted.tell_all(asks)
            await hosted.check()
    for text in said:
        _unseen_text(text, bench, again, out.getvalue())
    await _in_answers(bench)
    await _in_files(bench, asks)
    return f"{len(said)} texts of records, and a canary"


def _telling(bench: Bench, tolds: tuple[Told, ...]) -> Iterator[str]:
    """Titles, bodies, people; not what is also a file's name, or stands in the settings."""
    open_words = "\n".join(map(str, bench.laid.rglob("*"))) + repr(bench.source)
    seen: set[str] = set()
    for record in chain.from_iterable(told.records for told in tolds):
        people = (each for who in record.people for each in (who.name, who.email))
        bodies = (getattr(record, name) for name in record.BODY)
        for text in (record.title, *people, *bodies):
            if text and len(text) >= _SHORTEST and text not in open_words and text not in seen:
                seen.add(text)
                yield text


def _unseen_text(text: str, bench: Bench, tolds: tuple[Told, ...], out: str) -> None:
    heard = bench.heard.text
    if text in heard or text in out:
        raise Fault("the log, or what it prints, holds what a record says")
    if any(text in said for told in tolds for said in _all_said(told)):
        raise Fault("an error or a reason holds what a record says")


async def _in_answers(bench: Bench) -> None:
    if bench.server is None or not bench.server.speaks_json:
        return
    paths = list(twisting.all_paths(bench.sample.answers).items())
    async with bench.hosting() as hosted:
        for path, places in paths[:_MOST]:
            for canary in (RECORD, [RECORD]):
                bench.heard.clear()
                bench.server.twist = twisting.changed(
                    lambda body, path=path, canary=canary: twisting.put(body, path, canary)  # type: ignore[misc]
                )
                with printed() as out:
                    tolds = await hosted.tell_all(await bench.remote_on(places))
                _unseen(RECORD, bench, tolds, out.getvalue())


async def _in_files(bench: Bench, asks: list[Ask]) -> None:
    laid = bench.lay_out()
    for path in spoiling.files(bench):
        if b"\0" not in path.read_bytes():
            path.write_bytes(_DATE.sub(RECORD.encode(), path.read_bytes()))
    bench.heard.clear()
    with printed() as out:
        async with bench.hosting(laid=laid) as hosted:
            tolds = await hosted.tell_all(asks)
    _unseen(RECORD, bench, tolds, out.getvalue())
