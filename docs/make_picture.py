"""Draws ``picture.svg``: the board on the sample's next visit, as the running program paints it."""

from __future__ import annotations

import asyncio
import html
import os
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path

os.environ |= {"COLORTERM": "truecolor", "TERM": "xterm-256color"}  # read when Textual is imported
os.environ.pop("NO_COLOR", None)

from rich.segment import Segment
from rich.style import Style

from salesprep.cli.workspace import open_workspace, read_layers
from salesprep.tui.app import Board

ROOT = Path(__file__).resolve().parents[1]
COLUMNS, LINES = 148, 42
CELL, LINE, MARGIN, BAR = 8.4, 19, 18, 34  # points: a letter, a line, around the text, the title bar
GROUND, TEXT, QUIET = "#14171b", "#d7dae0", "#8b92a0"


async def painted() -> list[list[Segment]]:
    """The board of the next visit, line by line, when every source has answered."""
    settings_file = ROOT / "settings.toml"
    with tempfile.TemporaryDirectory() as home:
        environ = {k: v for k, v in os.environ.items() if not k.startswith("SALESPREP_")}
        environ |= {"SALESPREP_HOME": home}
        settings, _dirs = read_layers(settings_file, environ)
        board = Board(settings, partial(open_workspace, settings_file, environ, quiet=True), environ)
        async with board.run_test(size=(COLUMNS, LINES)) as pilot:
            while board.remembered is None:
                await pilot.pause(0.05)
            for key in ("enter", "down", "down"):
                await board.workers.wait_for_complete()
                await pilot.pause()
                await pilot.press(key)
            await pilot.pause()
            strips = board.screen._compositor.render_strips()
            lines = [list(Segment.simplify(strip)) for strip in strips]
        await board.close()
    return lines


def picture(lines: Iterable[Iterable[Segment]]) -> str:
    """The SVG; every run is stretched to its columns, whatever font the reader has."""
    rows = [list(line) for line in lines]
    width, height = MARGIN * 2 + COLUMNS * CELL, BAR + MARGIN * 1.5 + len(rows) * LINE
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img"'
        " font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\""
        ' font-size="14">',
        "<title>The board: the quick scan, and below it what each source says, side by side</title>",
        f'<rect width="100%" height="100%" rx="9" fill="{GROUND}"/>',
        *(
            f'<circle cx="{MARGIN + 4 + 18 * i}" cy="18" r="5.5" fill="{colour}"/>'
            for i, colour in enumerate(("#e06c75", "#e5c07b", "#98c379"))
        ),
        f'<text x="{width / 2:.0f}" y="22" text-anchor="middle" fill="{QUIET}">salesprep</text>',
    ]
    for number, row in enumerate(rows):
        y = BAR + MARGIN + number * LINE
        column = 0
        for segment in row:
            drawn += _run(segment, column, y)
            column += segment.cell_length
    return "\n".join([*drawn, "</svg>", ""])


def _run(segment: Segment, column: int, y: float) -> Iterable[str]:
    style = segment.style or Style()
    ground = style.bgcolor.get_truecolor().hex if style.bgcolor else GROUND
    if ground != GROUND:
        x, size = MARGIN + column * CELL, segment.cell_length * CELL
        yield f'<rect x="{x:.1f}" y="{y - 14:.0f}" width="{size:.1f}" height="{LINE}" fill="{ground}"/>'
    # Wide gaps are left out of a run, so that no font stretches it.
    for at, letters in _words(segment.text):
        colour = style.color.get_truecolor().hex if style.color else TEXT
        weight = ' font-weight="bold"' if style.bold else ""
        yield (
            f'<text x="{MARGIN + (column + at) * CELL:.1f}" y="{y:.0f}"'
            f' textLength="{len(letters) * CELL:.1f}" xml:space="preserve" fill="{colour}"{weight}>'
            f"{html.escape(letters)}</text>"
        )


def _words(text: str) -> Iterable[tuple[int, str]]:
    """Stretches of letters with single spaces between them, and the column each begins in."""
    at = 0
    for part in text.split("  "):
        if bare := part.strip():
            yield at + len(part) - len(part.lstrip()), bare
        at += len(part) + 2


if __name__ == "__main__":
    (ROOT / "docs" / "picture.svg").write_text(picture(asyncio.run(painted())), encoding="utf-8")
