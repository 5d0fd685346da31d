"""The sample's wiki: a folder of Markdown pages, each with a head that tells who wrote it and when."""

from __future__ import annotations

import json
import os
from datetime import datetime, time
from pathlib import Path

from salesprep.sample.days import Days
from salesprep.sample.pages import PAGES, WikiPage


def write_wiki(folder: Path, days: Days) -> None:
    """Write all pages beneath ``folder``; a file is as old as its page."""
    for page in PAGES:
        path = folder / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(page, days), encoding="utf-8")
        changed = datetime.combine(days.any_day(page.days), time(17, 5), days.first.tzinfo).timestamp()
        os.utime(path, (changed, changed))


def _page(page: WikiPage, days: Days) -> str:
    # A JSON text is a YAML one too, whatever stands in it.
    head = {
        "title": json.dumps(page.title, ensure_ascii=False),
        "customer": json.dumps(page.customer, ensure_ascii=False) if page.customer else "",
        "author": page.author,
        "updated": days.any_day(page.days).isoformat(),
    }
    lines = [f"{key}: {value}" for key, value in head.items() if value]
    return "\n".join(["---", *lines, "---", "", f"# {page.title}", "", page.text, ""])
