"""Two names of persons: in which way they are one, and when they are two people's."""

from __future__ import annotations

import pytest

from salesprep.briefing.persons.fit import Level, fit

CASES: list[tuple[str, str, Level]] = [
    ("Rob Smit", "rob  SMIT", "equal"),
    ("Smit, Rob", "Rob Smit", "equal"),
    ("Rob SMIT", "Rob Smit", "equal"),
    ("Dr. Hans Müller, MBA", "Müller, Hans", "equal"),
    ("Jan van der Berg", "Berg, Jan van der", "equal"),
    ("Jan van der Berg", "van der Berg Jan", "equal"),
    ("Smit, Rob", "Smit Rob", "equal"),
    ("Jan Smit II", "jan smit ii", "equal"),
    ("Robert (Bob) Smit", "Bob Smit", "equal"),
    ("J. Edgar Bos", "Edgar Bos", "equal"),
    ("Vries, Anna Smit-de", "Anna Smit-de Vries", "equal"),
    ("Naoki Ii", "Ii, Naoki", "equal"),
    ("J.P., Smit", "J.P. Smit", "equal"),
    ("Smit-de Vries, Anna", "Anna Smit-de Vries", "equal"),
    ("山田太郎", "山田太郎", "equal"),
    ("משה כהן", "כהן, משה", "equal"),
    ("Hans Müller", "Hans Mueller", "variant"),
    ("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos", "variant"),
    ("Сергей Щербаков", "Sergej Schtscherbakow", "variant"),
    ("Сергей Щербаков", "Sergueï Chtcherbakov", "variant"),
    ("Саша Щербаков", "Aleksandr Shcherbakov", "variant"),
    ("Kees Jansen", "Cornelis Jansen", "variant"),
    ("Bill Gates", "William Gates", "variant"),
    ("Bryan Vos", "Brian Vos", "variant"),
    ("Anna Smit", "Anna Smit-de Vries", "variant"),
    ("Anna de Vries - Smit", "Anna Smit-de Vries", "variant"),
    ("Anna Smit geb. de Vries", "Anna de Vries", "variant"),
    ("Anna Smith née Jones", "Anna Jones", "variant"),
    ("Jan van der Berg", "Jan v.d. Berg", "variant"),
    ("Jan van den Berg", "Jan Vandenberg", "variant"),
    ("Jan de Vries", "Jan Vries", "variant"),
    ("J.P. Smit", "Jan Pieter Smit", "variant"),
    ("Jan P. Smit", "Jan Smit", "variant"),
    ("Smit, Robert", "Smit Bob", "variant"),
    ("SMIT Robert", "Smit Bob", "variant"),
    ("A.B. Smit", "A.B. Smit-Vos", "variant"),
    ("Jan Smit", "Jan Smit jr.", "variant"),
    ("R. Smit", "Rob Smit", "part"),
    ("J.P. Smit", "Jan Smit", "part"),
    ("Smit Rob", "Rob Smit", "part"),
    ("Thomas Martin", "Martin Thomas", "part"),
    ("Martin, Thomas", "Martin Thomas", "part"),
    ("Αντώνης, Γεωργίου", "Αντώνης Γεωργίου", "part"),
    ("Martin, Thomas", "Martin THOMAS", "part"),
    ("Smit, Rob", "Smit ROB", "part"),
    ("Rob, Smit", "Rob SMIT", "part"),
    ("Martin, Thomas", "Martin Thomas jr.", "part"),
    ("MARTIN Thomas", "Martin Thomas jr.", "part"),
    ("van Jan", "van, Jan", "part"),
    ("R. Müller", "R. Mueller", "part"),
    ("A. Smit", "A. Smit-Vos", "part"),
    ("Jan Willem Smit", "Willem Smit", "part"),
    ("Jean-Pierre Dupont", "Jean Dupont", "part"),
    ("Jan van der Berg", "Jan van den Berg", "part"),
    ("Anna Smit-de Vries", "Anna Smit-Jansen", "part"),
    ("Bill Smit", "Robert Smit", "part"),
    ("Kees Smit", "Cor Smit", "part"),
    ("Smit", "R. Smit", "part"),
    ("Anna Smit geb. Vos", "Anna Smit geb. Bos", "part"),
    ("ع. محمد", "عمر محمد", "part"),
    ("מ. כהן", "משה כהן", "part"),
    ("Smit", "Smit", "part"),
    ("山田太郎", "Yamada Taro", "unknown"),
    ("Anna Smit", "Anna de Vries", "none"),
    ("Hans Muller", "Hans Mueller", "none"),
    ("Иван Петров", "Ivan Petrova", "none"),
    ("R. Smit", "R. Smits", "none"),
    ("Wei Li", "Wei Ly", "none"),
    ("张伟", "章伟", "none"),
    ("", "R. Smit", "none"),
    ("Rob Smit", "Roos Smit", "against"),
    ("R. Smit", "K. Smit", "against"),
    ("C. Smit", "Kirsten Smit", "against"),
    ("Al Smit", "Alwine Smit", "against"),
    ("张 伟", "章 伟", "against"),
    ("李 伟", "刘 伟", "against"),
    ("山田 太郎", "山藤 太郎", "against"),
    ("משה כהן", "מאיר כהן", "against"),
    ("حسن علي", "حصن علي", "against"),
    ("Jan W. Smit", "Willem Smit", "against"),
    ("Jan Pieter Smit", "Joost Paul Smit", "against"),
    ("Jan Smit jr.", "Jan Smit sr.", "against"),
]


@pytest.mark.parametrize(("one", "other", "level"), CASES)
def test_two_names(one: str, other: str, level: Level) -> None:
    assert fit(one, other).level == level
    assert fit(other, one) == fit(one, other)


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        ("Γιώργος Παπάς", "Giorgos Papas", "alphabet"),
        ("Jörg Weiß", "Joerg Weiss", "spelling"),
        ("Kees Vos", "Cornelis Vos", "nickname"),
        ("Anna Vos-Bos", "Anna Vos", "married"),
        ("Jan v.d. Berg", "Jan van de Berg", "particle"),
        ("R. Vos", "Rob Vos", "initials"),
        ("Vos Rob", "Rob Vos", "order"),
        ("Rob Vos", "Roos Vos", "given"),
    ],
)
def test_it_tells_in_which_way(one: str, other: str, way: str) -> None:
    assert way in fit(one, other).ways
