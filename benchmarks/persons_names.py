"""Names for invented persons in six languages, and how people of four countries write Greek and Russian ones.

Written down from how names are used, without a look at what the matching knows: other lists, other tables.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tongue:
    """What the names of one language are made of."""

    code: str
    given: tuple[str, ...]
    """None is short for another."""
    families: tuple[str, ...]
    """With their particles; no two are one name in two ways of writing, as ``Dubois`` and ``du Bois``."""
    short: tuple[tuple[str, str], ...]
    """A full given name and what such a person is called."""
    born: str
    """What stands before the name at birth."""
    titles: tuple[str, ...]
    country: str
    """Telephone."""
    two_ways: tuple[str, ...]
    """Words that are both given names and family names."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((full, short) for full, _, short in (p.strip().partition("/") for p in text.split(",")))


DUTCH = Tongue(
    "nl",
    _words(
        "Anouk, Bram, Daan, Eva, Femke, Gijs, Hugo, Iris, Joris, Karin, Lotte, Marieke, Noor, Olaf, "
        "Pim, Rob, Sanne, Tessa, Wouter, Yara, Zoë, Jelle, Maud, Sjoerd, Renée"
    ),
    _words(
        "Smit, de Vries, van den Berg, Bakker, van Dijk, Visser, de Boer, Mulder, van der Meer, Bos, "
        "Vos, Hendriks, van 't Hof, ter Horst, Kok, van Leeuwen, Postma, Schouten, de Groot, van de "
        "Ven, Kuipers, op den Kamp, Veenstra, Coenen, Timmermans"
    ),
    _pairs(
        "Cornelis/Kees, Johannes/Jan, Hendrik/Henk, Willem/Wim, Pieter/Piet, Jacobus/Jaap, "
        "Franciscus/Frans, Antonius/Ton, Gerardus/Gerard, Petrus/Piet, Wilhelmus/Wim, Adrianus/Ad, "
        "Theodorus/Theo, Nicolaas/Klaas, Johanna/Hanneke, Elisabeth/Els, Margaretha/Greet, Maria/Ria, "
        "Catharina/Trijntje, Jacobus/Koos, Lambertus/Bert, Robert/Rob, Alexander/Sander, "
        "Leendert/Leen, Matthijs/Thijs"
    ),
    "geb.",
    ("ir.", "drs.", "mr.", "dr."),
    "31",
    _words("Thomas, Maarten, Simon, Willems, Klaas, Hendrik, Otto, Bernard"),
)
ENGLISH = Tongue(
    "en",
    _words(
        "Alice, Brian, Claire, Duncan, Emma, Fiona, Graham, Holly, Imogen, Jasper, Keith, Laura, "
        "Martin, Nigel, Oscar, Paula, Rachel, Simon, Tara, Una, Victor, Wendy, Zara, Owen, Isla"
    ),
    _words(
        "Smith, Jones, Taylor, Brown, Wilson, Evans, Walker, Roberts, Turner, Hughes, Ward, O'Brien, "
        "MacDonald, Fletcher, Barnes, Hartley, Pemberton, Atkins, Whitfield, Osborne, Chandler, "
        "Byrne, Lockwood, Sutherland, Fairweather"
    ),
    _pairs(
        "William/Bill, Robert/Bob, Richard/Dick, Margaret/Peggy, Elizabeth/Liz, Michael/Mike, "
        "Thomas/Tom, James/Jim, Katherine/Kate, Edward/Ted, Andrew/Andy, Joseph/Joe, "
        "Christopher/Chris, Patricia/Trish, Anthony/Tony, Daniel/Dan, Samuel/Sam, Benjamin/Ben, "
        "Jennifer/Jenny, Susan/Sue, Charles/Charlie, Alexander/Alex, Matthew/Matt, Timothy/Tim, "
        "Deborah/Debbie"
    ),
    "née",
    ("Dr.", "Prof.", "Mr."),
    "44",
    _words("Thomas, James, Martin, Scott, Lewis, Dean, Grant, Henry"),
)
GERMAN = Tongue(
    "de",
    _words(
        "Anke, Bernd, Carola, Dieter, Elke, Florian, Gudrun, Heike, Ingo, Jörg, Kerstin, Lutz, "
        "Monika, Norbert, Oliver, Petra, Ralf, Silke, Torsten, Ute, Volker, Waltraud, Björn, Günter, "
        "Bärbel"
    ),
    _words(
        "Müller, Schmidt, Schneider, Weiß, Schäfer, Köhler, Krüger, Groß, Jäger, Böhm, Vogel, Lange, "
        "von Stein, Hoffmann, Kühn, Zimmermann, Brandt, von der Heide, Ziegler, Förster, Pfeiffer, "
        "Hübner, Weber, Kaiser, Lindner"
    ),
    _pairs(
        "Wilhelm/Willi, Friedrich/Fritz, Heinrich/Heinz, Johannes/Hannes, Josef/Sepp, Ulrich/Uli, "
        "Matthias/Matze, Michael/Michi, Sebastian/Basti, Stefanie/Steffi, Katharina/Kathi, "
        "Susanne/Susi, Wolfgang/Wolfi, Maximilian/Max, Manfred/Manni, Margarete/Grete, Rudolf/Rudi, "
        "Siegfried/Sigi, Magdalena/Leni, Nikolaus/Klaus, Andreas/Andi, Ursula/Uschi, Christoph/Chris, "
        "Thomas/Tom, Alexander/Alex"
    ),
    "geb.",
    ("Dr.", "Prof. Dr.", "Dipl.-Ing."),
    "49",
    _words("Thomas, Peters, Walter, Werner, Ernst, Otto, Friedrich, Hermann"),
)
FRENCH = Tongue(
    "fr",
    _words(
        "Amélie, Benoît, Céline, Damien, Élodie, Fabien, Gaëlle, Hélène, Inès, Jérôme, Karine, Léa, "
        "Margaux, Noémie, Olivier, Pascal, Quentin, Rémi, Solène, Thibault, Ursule, Vivien, Yann, "
        "Zélie, Loïc"
    ),
    _words(
        "Dupont, Lefèvre, Moreau, Girard, Mercier, de la Fontaine, Bonnet, Gauthier, Perrin, "
        "Chevalier, Le Goff, Marchand, Noël, Dubois, Lemaître, du Parc, Barbier, Renaud, Fournier, "
        "Rousseau, d'Arcy, Vasseur, Poirier, Brunet, Garnier"
    ),
    _pairs(
        "Emmanuel/Manu, Frédéric/Fred, Nicolas/Nico, Philippe/Phil, Alexandre/Alex, Stéphane/Steph, "
        "Christophe/Chris, Catherine/Cathy, Élisabeth/Babette, Sébastien/Seb, Vincent/Vince, "
        "Maxime/Max, Valérie/Val, Véronique/Véro, Dominique/Dom, Antoine/Toine, Guillaume/Guigui, "
        "Laurent/Lolo, Robert/Bob, Jacqueline/Jacotte, Marguerite/Margot, Pierre/Pierrot, "
        "Benjamin/Ben, Thomas/Tom, Patrice/Pat"
    ),
    "née",
    ("Dr.", "M.", "Mme"),
    "33",
    _words("Martin, Thomas, Bernard, Robert, Richard, Laurent, Simon, Michel"),
)
GREEK = Tongue(
    "el",
    _words(
        "Αθηνά, Βασιλική, Γεώργιος, Δήμητρα, Ελένη, Ζωή, Θεόδωρος, Ιωάννης, Κωνσταντίνος, Λεωνίδας, "
        "Μαρία, Νικόλαος, Ξένια, Ουρανία, Παναγιώτης, Σοφία, Στέφανος, Φώτης, Χρήστος, Άγγελος, "
        "Ευτυχία, Αντώνης, Πέτρος, Ειρήνη, Αλέξανδρος"
    ),
    _words(
        "Παπαδόπουλος, Οικονόμου, Νικολαΐδης, Γεωργίου, Δημητρίου, Αγγελόπουλος, Βλάχος, "
        "Κωνσταντινίδης, Μακρής, Χατζηδάκης, Ευαγγέλου, Θεοδωρίδης, Λάμπρου, Καραγιάννης, "
        "Πετρόπουλος, Σταυρίδης, Παππάς, Ξενάκης, Φωτόπουλος, Χριστοδούλου, Αντωνίου, Ρούσσος, "
        "Κυριακίδης, Ζαχαρίου, Μπακάλης"
    ),
    _pairs(
        "Γεώργιος/Γιώργος, Κωνσταντίνος/Κώστας, Ιωάννης/Γιάννης, Δημήτριος/Δημήτρης, Νικόλαος/Νίκος, "
        "Παναγιώτης/Πάνος, Βασίλειος/Βασίλης, Ευάγγελος/Βαγγέλης, Αθανάσιος/Θανάσης, "
        "Αναστάσιος/Τάσος, Σπυρίδων/Σπύρος, Εμμανουήλ/Μανώλης, Μιχαήλ/Μιχάλης, Χαράλαμπος/Μπάμπης, "
        "Στυλιανός/Στέλιος, Αικατερίνη/Κατερίνα, Ευαγγελία/Λίτσα, Βασιλική/Βάσω, Παρασκευή/Βιβή, "
        "Αλέξανδρος/Αλέκος, Ελευθέριος/Λευτέρης, Γρηγόριος/Γρηγόρης, Θεόδωρος/Θοδωρής, "
        "Ευστάθιος/Στάθης, Αντώνιος/Αντώνης"
    ),
    "το γένος",
    ("Δρ.", "Καθ."),
    "30",
    _words("Αλέξανδρος, Γεωργίου, Κωνσταντίνος, Ιωάννου, Λεωνίδας, Στέφανος, Αντώνης, Πέτρος"),
)
RUSSIAN = Tongue(
    "ru",
    _words(
        "Андрей, Борис, Вера, Григорий, Дарья, Евгений, Жанна, Захар, Игорь, Кирилл, Людмила, Максим, "
        "Нина, Олег, Полина, Роман, Сергей, Тамара, Фёдор, Юлия, Ярослав, Алексей, Галина, Михаил, "
        "Татьяна"
    ),
    _words(
        "Щербаков, Кузнецов, Соловьёв, Жуков, Хомяков, Чернов, Юдин, Яковлев, Зайцев, Ковалёв, "
        "Шевченко, Цветков, Воробьёв, Гусев, Емельянов, Журавлёв, Калинин, Лебедев, Морозов, Орлов, "
        "Павлов, Рыбаков, Тихонов, Фролов, Хрущёв"
    ),
    _pairs(
        "Александр/Саша, Дмитрий/Дима, Владимир/Володя, Николай/Коля, Михаил/Миша, Екатерина/Катя, "
        "Наталья/Наташа, Мария/Маша, Анастасия/Настя, Татьяна/Таня, Сергей/Серёжа, Алексей/Алёша, "
        "Иван/Ваня, Павел/Паша, Пётр/Петя, Константин/Костя, Светлана/Света, Елена/Лена, Ирина/Ира, "
        "Ольга/Оля, Юрий/Юра, Василий/Вася, Виктор/Витя, Анатолий/Толя, Григорий/Гриша"
    ),
    "урожд.",
    ("д-р", "проф."),
    "7",
    _words("Роман, Максим, Мартын, Богдан, Тихон, Захар, Давид, Наум"),
)
TONGUES = (DUTCH, ENGLISH, GERMAN, FRENCH, GREEK, RUSSIAN)

_CYRILLIC = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdezijklmnoprstufye", strict=True)) | {"ъ": "", "ь": ""}
_RUSSIAN_AS: dict[str, dict[str, str]] = {
    "en": {
        "й": "y",
        "ё": "yo",
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ю": "yu",
        "я": "ya",
    },
    "de": {
        "в": "w",
        "з": "s",
        "й": "i",
        "ё": "jo",
        "ж": "sch",
        "х": "ch",
        "ц": "z",
        "ч": "tsch",
        "ш": "sch",
        "щ": "schtsch",
        "ю": "ju",
        "я": "ja",
    },
    "fr": {
        "й": "ï",
        "у": "ou",
        "ё": "io",
        "ж": "j",
        "х": "kh",
        "ц": "ts",
        "ч": "tch",
        "ш": "ch",
        "щ": "chtch",
        "ю": "iou",
        "я": "ia",
    },
    "nl": {
        "й": "j",
        "у": "oe",
        "ё": "jo",
        "ж": "zj",
        "х": "ch",
        "ц": "ts",
        "ч": "tsj",
        "ш": "sj",
        "щ": "sjtsj",
        "ю": "joe",
        "я": "ja",
    },
}
_DIAERESIS = "\u0308"
_BEFORE_F = {"αυ": "af", "ευ": "ef"}
"""Before letters without a voice."""
_VOICED = "αεηιουωβγδζλμνρ"
_BY_EAR = {"χ": "h", "γγ": "ng", "ξ": "x", "ει": "i", "οι": "i", "υ": "i", "μπ": "b", "ντ": "d", "φ": "f"}
_GREEK = dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)) | {
    "θ": "th",
    "χ": "ch",
    "ψ": "ps",
    "ου": "ou",
    "γγ": "ng",
    "γκ": "gk",
    "γξ": "nx",
    "γχ": "nch",
    "μπ": "mp",
    "αυ": "av",
    "ευ": "ev",
    "ντ": "nt",
}


def russian(name: str, country: str) -> str:
    """A Russian name as it is written in a country: ``de`` ``Schtscherbakow``."""
    table = _CYRILLIC | _RUSSIAN_AS[country]
    out = []
    low = name.casefold()
    for at, letter in enumerate(low):
        told = table.get(letter, letter)
        if country == "en" and letter == "е" and (at == 0 or low[at - 1] in "аеёиоуыэюяъь"):
            told = "ye"
        if letter == "й" and at and low[at - 1] in "иы":
            told = "" if country != "en" else "y"
        out.append(told)
    return _capital("".join(out), name)


def greek(name: str, *, by_ear: bool) -> str:
    """A Greek name as in a passport (ELOT 743), or as its owner writes it: ``Yiannis``, ``Bakalis``."""
    kept = "".join(
        c
        for c in unicodedata.normalize("NFD", name.casefold())
        if not unicodedata.combining(c) or c == _DIAERESIS
    )
    table = dict(_GREEK)
    if by_ear:
        table |= _BY_EAR
    out, at = [], 0
    while at < len(kept):
        if kept[at] == _DIAERESIS:
            at += 1
            continue
        pair = kept[at : at + 2]
        if pair in ("αυ", "ευ"):
            after = kept[at + 2 : at + 3]
            out.append(table[pair] if after and after in _VOICED else _BEFORE_F[pair])
            at += 2
        elif pair == "μπ" and at == 0:
            out.append("b" if by_ear else "mp")
            at += 2
        elif pair == "μπ":
            out.append("mp")
            at += 2
        elif pair in table and kept[at + 2 : at + 3] != _DIAERESIS:
            out.append(table[pair])
            at += 2
        else:
            out.append(table.get(kept[at], kept[at]))
            at += 1
    return _capital("".join(out), name)


def _capital(text: str, like: str) -> str:
    return text[:1].upper() + text[1:] if like[:1].isupper() else text


UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}


def without_points(name: str, *, german: bool) -> str:
    """As somebody writes it who has no accents: ``Mueller`` in German, ``Lefevre`` elsewhere."""
    if german:
        return "".join(UMLAUTS.get(c, c) for c in name)
    plain = unicodedata.normalize("NFD", name.replace("ß", "ss"))
    return "".join(c for c in plain if not unicodedata.combining(c))
