"""The catalogues in step with the code: ``make words``.

Takes every marked sentence of salesprep and its adapters, and the help of the commands, into the template
``salesprep/locale/salesprep.pot``; brings each language's ``salesprep.po`` up to it, where what is new is
still empty; compiles these. Nothing that is written depends on the day, the machine or a line's number,
so that a test can compare.
"""

from __future__ import annotations

import ast
import inspect
import io
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "salesprep" / "locale"
TEMPLATE = LOCALE / "salesprep.pot"
COMMANDS = ROOT / "salesprep" / "cli" / "commands"
_MARKS = {"_": 1, "_n": 2}
_DECLARES = {"command", "group"}
_HEADER = "# {title} of salesprep; `make words` brings it up to date.\n"

Sentence = str | tuple[str, ...]


class _Catalog(Catalog):
    """A catalogue whose header holds no dates and no names of tools."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header, from what a catalogue needs to be read."""
        language = [("Language", str(self.locale))] if self.locale else []
        plural = [("Plural-Forms", self.plural_forms)] if self.locale else []
        return [
            ("Project-Id-Version", "salesprep"),
            *language,
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            *plural,
        ]


def template() -> Catalog:
    """Every sentence of the code as it is now."""
    found = _Catalog(header_comment=_HEADER.format(title="The sentences"), fuzzy=False)
    for sentence, file in _sentences():
        found.add(sentence, locations=[(file, 0)])
    return found


def updated(po: Path, newest: Catalog) -> Catalog:
    """The language of ``po`` with the sentences of ``newest``; those that are gone are left out."""
    language = po.parents[1].name
    catalog = _Catalog(language, header_comment=_HEADER.format(title=f"The words in {language}"), fuzzy=False)
    old = read_po(io.BytesIO(po.read_bytes() if po.exists() else b""), language)
    for message in newest:
        if message.id:
            known = old.get(message.id)
            catalog.add(message.id, known.string if known else None, message.locations)
    return catalog


def languages() -> tuple[Path, ...]:
    """The catalogues that people write: ``salesprep/locale/nl/LC_MESSAGES/salesprep.po``."""
    return tuple(sorted(LOCALE.glob("*/LC_MESSAGES/salesprep.po")))


def as_po(catalog: Catalog) -> bytes:
    """``catalog`` as people edit it."""
    file = io.BytesIO()
    write_po(file, catalog, width=110, include_lineno=False, sort_by_file=True)
    return file.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """``catalog`` as gettext reads it."""
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def translated(message: Message) -> bool:
    """Whether somebody has said it in the catalogue's language, each of its forms."""
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return bool(forms) and all(forms)


def _sentences() -> Iterator[tuple[Sentence, str]]:
    for manifest in sorted((ROOT / "adapters").glob("*/adapter.toml")):
        title = tomllib.loads(manifest.read_text(encoding="utf-8"))["title"]
        yield title, manifest.relative_to(ROOT).as_posix()
    for file in sorted(path for room in ("adapters", "salesprep") for path in (ROOT / room).rglob("*.py")):
        code, where = file.read_text(encoding="utf-8"), file.relative_to(ROOT).as_posix()
        yield from ((sentence, where) for sentence in marked(code))
        if COMMANDS in file.parents:
            yield from ((sentence, where) for sentence in declared(code))


def marked(code: str) -> Iterator[Sentence]:
    """What stands in ``_()`` and ``_n()``.

    Not by Babel's own way of reading code, which sees nothing inside an f-string.

    Raises:
        ValueError: something else than a text is marked, so that no catalogue can hold it.
    """
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and (mark := _called(node)) in _MARKS:
            values = (arg.value for arg in node.args if isinstance(arg, ast.Constant))
            texts = tuple(value for value in values if isinstance(value, str))
            if not len(texts) == len(node.args) == _MARKS[mark]:
                raise ValueError(f"line {node.lineno}: {ast.unparse(node)} marks no text")
            yield texts[0] if len(texts) == 1 else texts


def declared(code: str) -> Iterator[str]:
    """What stands unmarked in the declarations of the commands: docstrings of commands, ``help`` of
    options, and what is said of wrong use."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef) and _DECLARES & set(map(_called, node.decorator_list)):
            yield inspect.cleandoc(ast.get_docstring(node) or "")
        elif isinstance(node, ast.Call):
            said = [keyword.value for keyword in node.keywords if keyword.arg == "help"]
            said += node.args[:1] if _called(node) == "UsageError" else []
            yield from (str(each.value) for each in said if isinstance(each, ast.Constant))


def _called(node: ast.expr) -> str:
    """``command`` of ``salesprep.command()``, ``_`` of ``_()`` and of ``words._()``."""
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def main() -> None:
    """Write template and catalogues."""
    newest = template()
    TEMPLATE.write_bytes(as_po(newest))
    for po in languages():
        catalog = updated(po, newest)
        po.write_bytes(as_po(catalog))
        po.with_suffix(".mo").write_bytes(as_mo(catalog))
        missing = sum(not translated(message) for message in catalog)
        print(f"{po.relative_to(ROOT)}: {len(catalog)} sentences, {missing} of them untranslated")


if __name__ == "__main__":
    main()
