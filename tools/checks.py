"""The page on the kit in step with its checks: ``make checks`` writes docs/kit.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from salesprep.kit import CHECKS, CheckInfo, Need

PAGE = Path(__file__).resolve().parents[1] / "docs" / "kit.md"

_HEAD = """# The conformance kit

<!-- `make checks` writes this page from salesprep/kit/catalog; its text stands in tools/checks.py. -->

The kit tries an adapter with its own sample, through the real host, and says what it found, why that matters
and what mends it. It needs no network and no account: what a server answers is replayed on this machine, and
the faults are made out of those answers.

```
salesprep adapter check desk             # by name, or by its folder
salesprep adapter check adapters/desk --live
```

In an adapter's own tests it is two lines, and one test for each check:

```python
from salesprep.kit.pytest import conforms

test_desk = conforms("adapters/desk")
```

or, from a program, `salesprep.kit.check(folder)`, which gives a `Report`.

[Adapters that the kit rejects](kit-broken.md) shows for each check what it finds.

## The sample

The folder `sample/` of an adapter holds `settings.toml` with one source, as an admin would write it, the data
that this source reads, and `kit.toml`. Invented persons and domains only. The kit copies all of it to a
temporary folder before it asks; nothing in the adapter's folder is changed.

**`sample/kit.toml`**

```toml
now = 2026-11-23T13:21:00+01:00       # the clock that the adapter is given
zone = "Europe/Amsterdam"             # the user's zone; this one if it is left out

secrets = { DESK_TOKEN = "letmein" }  # what token = "env:DESK_TOKEN" in settings.toml leads to

[customer]                            # whom the sample knows, by each look-up that is declared
names = ["Van Dijk Machinebouw B.V.", "Van Dijk Machinebouw"]
domains = ["vandijk.example"]
emails = ["r.smit@vandijk.example"]
handles = []
ids = ["7"]

[other]                               # somebody else whom it knows: nothing of one may come for the other
names = ["Kaas & Co"]
domains = ["kaas.example"]

[search]                              # with the ability search: words that stand in the sample
text = "pump"

[make]                                # an SQLite database that a script makes
"crm.sqlite" = "crm.sql"

[[answers]]                           # over HTTP: what the server answers
path = "/api/tickets"
query = { domains = "vandijk.example", after = "" }
file = "tickets-1.json"
requires = { Authorization = "Bearer letmein" }
```

- Each declared kind must have a record of `[customer]`, or the kit cannot try it. A second page lets it try
  paging: without one those checks are skipped.
- Keys of `[customer]` that the manifest does *not* declare are welcome: the kit then sees whether the adapter
  looks for them all the same.
- `{server}` in `settings.toml` (`url = "{server}"`), in `secrets` (where an address is one) and in the files
  of answers is the address of the server.
- An answer counts for a request with its `path` whose query has all that `query` gives; what else the request
  asks does not matter. The first one counts. `status` (200) and `headers` may be given. Headers under
  `requires` that are missing or others make it 401.
- A request to a known path with another query gets the first answer of that path, emptied: lists empty,
  counts 0, no next page. So an unknown customer needs no answer of their own. Another path is 404.
- To be replayed, the address of the source must be one of its settings. One that never changes can be its
  default: `url: str = "https://api.acme.example"`, with `hosts = ["api.acme.example", "config:url"]`.
- Every answer must be asked for by somebody: one that nobody asks for is taken for a page that was lost.

## A result

| outcome | means |
| --- | --- |
| passed | it is so, and `found` says what was looked at |
| failed | it is not so: `found` says what was seen, `mend` what to do |
| skipped | it cannot be tried on this adapter, or on this sample; `found` says why |

Where one check shows that nothing else can be tried (the manifest cannot be read, the import fails, calls do
not come back), it fails and the others are skipped. What takes long is measured again before it is held
against an adapter, since the machine may be busy. After two minutes what is left is skipped, and there is no
level.

What *passed* does not say: that the adapter finds the right records. It can only be seen against what the
source really holds, in tests of your own.

## The checks
"""

_SUBJECTS: Mapping[str, str] = {
    "loading": "What it is",
    "settings": "Settings",
    "secrets": "Secrets and private matters",
    "answers": "Answers",
    "clocks": "Times",
    "text": "Text",
    "pages": "Pages",
    "lookups": "Look-ups and abilities",
    "running": "Running",
    "apart": "Beside others",
    "files": "Files",
    "status": "What a server refuses",
    "troubles": "Connections",
    "bodies": "Bodies",
    "fields": "Fields of answers",
    "manners": "Hosts",
    "live": "A real source",
}
_NEEDS: Mapping[Need, str] = {
    "async": "coroutines",
    "http": "answers",
    "json": "answers in JSON",
    "files": "files",
    "secrets": "secrets",
    "lookups": "look-ups",
    "search": "`search`",
    "upcoming": "`upcoming`",
    "live": "`--live`",
}


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *_tables()]).rstrip("\n") + "\n"


def _tables() -> Iterator[str]:
    for subject, infos in groupby(CHECKS.values(), key=lambda info: info.subject):
        yield f"### {_SUBJECTS[subject]}\n"
        yield "| check | passes if | why it matters | mend | needs |\n| --- | --- | --- | --- | --- |"
        yield from (_row(info) for info in infos)
        yield ""


def _row(info: CheckInfo) -> str:
    needs = ", ".join(_NEEDS[need] for need in sorted(info.needs)) or " "
    return f"| `{info.name}` | {info.title} | {info.why} | {info.mend} | {needs} |"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
