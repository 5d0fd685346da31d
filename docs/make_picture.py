"""Draws ``picture.svg``: what ``make run`` prints on a terminal of 80 columns, colours and all."""

from __future__ import annotations

import argparse
import html
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COLUMNS = 80
PANEL_LINES = 17
"""Of a longer panel the picture shows so many, and that there are more."""
CELL, LINE, MARGIN, BAR = 8.4, 19, 18, 34  # points: a letter, a line, around the text, the title bar

BACKGROUND, TEXT, DIM = "#1b1e26", "#d7dae0", "#8b92a0"
COLOURS = dict(
    zip(
        (*range(30, 38), *range(90, 98)),
        ("#4b5263", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#d7dae0") * 2,
        strict=True,
    )
)
_SGR = re.compile(r"\x1b\[([\d;]*)m")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run of letters looks."""

    colour: str = TEXT
    bold: bool = False
    underline: bool = False

    def after(self, codes: str) -> Look:
        """As the control sequence changes it."""
        look = self
        for code in (int(c or 0) for c in codes.split(";")):
            if code == 0:
                look = Look()
            elif code == 1:
                look = replace(look, bold=True)
            elif code == 2:
                look = replace(look, colour=DIM)
            elif code == 4:
                look = replace(look, underline=True)
            elif code == 22:
                look = replace(look, bold=False, colour=TEXT if look.colour == DIM else look.colour)
            elif code == 24:
                look = replace(look, underline=False)
            elif code == 39:
                look = replace(look, colour=TEXT)
            elif code in COLOURS:
                look = replace(look, colour=COLOURS[code])
        return look

    def attributes(self) -> str:
        """For the SVG element."""
        return (
            f'fill="{self.colour}"'
            + (' font-weight="bold"' if self.bold else "")
            + (' text-decoration="underline"' if self.underline else "")
        )


def printed() -> str:
    """The program's output, as a terminal of 80 columns gets it."""
    environ = {k: v for k, v in os.environ.items() if k != "NO_COLOR" and not k.startswith("SALESPREP_")}
    with tempfile.TemporaryDirectory() as home:
        environ |= {"COLUMNS": str(COLUMNS), "FORCE_COLOR": "1", "SALESPREP_HOME": home}
        command = [sys.executable, "-m", "salesprep", "brief", "--settings", "settings.toml"]
        done = subprocess.run(
            command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, capture_output=True, check=True
        )
    return done.stdout.decode()


def runs(text: str) -> Iterator[list[tuple[int, str, Look]]]:
    """By line: runs of letters that look the same, each with the column it begins in."""
    look = Look()
    for line in text.rstrip("\n").split("\n"):
        found: list[tuple[int, str, Look]] = []
        column = position = 0
        for match in [*_SGR.finditer(line), None]:
            letters = line[position : match.start() if match else None]
            if letters:
                found.append((column, letters, look))
                column += len(letters)
            if match:
                look = look.after(match[1])
                position = match.end()
        yield found


def shortened(text: str) -> str:
    """The text with its longer panels cut; a panel begins with its name and a rule to the right edge."""
    kept: list[str] = []
    line_of_panel: int | None = None
    for line in text.rstrip().split("\n"):
        plain = _SGR.sub("", line)
        if "─────" in plain:
            line_of_panel = 0
        elif line_of_panel is not None:
            line_of_panel += 1
        if line_of_panel is None or line_of_panel < PANEL_LINES:
            kept.append(line)
        elif line_of_panel == PANEL_LINES and plain.strip():
            kept.extend(["   ⋮", ""])
    return "\n".join(kept)


def picture(text: str) -> str:
    """The SVG; every run is stretched to its columns, whatever font the reader has."""
    lines = list(runs(text))
    width, height = MARGIN * 2 + COLUMNS * CELL, BAR + MARGIN * 1.5 + len(lines) * LINE
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img"'
        " font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace\""
        ' font-size="14">',
        "<title>A briefing in the terminal: the quick scan, and below it what each source says</title>",
        f'<rect width="100%" height="100%" rx="9" fill="{BACKGROUND}"/>',
        *(
            f'<circle cx="{MARGIN + 4 + 18 * i}" cy="18" r="5.5" fill="{colour}"/>'
            for i, colour in enumerate(("#e06c75", "#e5c07b", "#98c379"))
        ),
        f'<text x="{width / 2:.0f}" y="22" text-anchor="middle" fill="{DIM}">salesprep</text>',
    ]
    for number, line in enumerate(lines):
        y = BAR + MARGIN + number * LINE
        for column, letters, look in line:
            bare = letters.strip()
            if not bare:
                continue
            begin = MARGIN + (column + len(letters) - len(letters.lstrip())) * CELL
            drawn.append(
                f'<text x="{begin:.1f}" y="{y:.0f}" textLength="{len(bare) * CELL:.1f}"'
                f' xml:space="preserve" {look.attributes()}>{html.escape(bare)}</text>'
            )
    return "\n".join([*drawn, "</svg>", ""])


def main() -> None:
    """Draw the real output, or a text that was saved."""
    parser = argparse.ArgumentParser(description="Draw docs/picture.svg.")
    parser.add_argument("--text", type=Path, help="draw this file instead of what salesprep prints")
    given = parser.parse_args()
    text = given.text.read_text(encoding="utf-8") if given.text else printed()
    (ROOT / "docs" / "picture.svg").write_text(picture(shortened(text)), encoding="utf-8")


if __name__ == "__main__":
    main()
