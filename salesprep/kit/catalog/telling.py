"""What an adapter answers: records, pages, and to which look-ups."""

from __future__ import annotations

from salesprep.kit.catalog.entry import about

_answers = about("answers")
_clocks = about("clocks")
_text = about("text")
_pages = about("pages")
_lookups = about("lookups")

CHECKS = (
    _answers(
        "kinds-declared",
        "Every kind that adapter.toml declares is answered with a page of it",
        why="A kind that fails or never comes is a panel with a hole in it.",
        mend="Return Page(records=(…)) with records of the kind that was asked for, and show each kind in "
        "the sample.",
    ),
    _answers(
        "ids-unique",
        "No two records of a kind have one id",
        why="Of two records with one id the user sees one; the other is lost without a word.",
        mend="Use the source's own id, or one made of what tells its records apart.",
    ),
    _answers(
        "links-or-reason",
        "Each record has a link that opens, or says why it has none",
        why="A fact that cannot be looked up at its source is a rumour.",
        mend="Give url (http, https, or a file beneath a path in the settings), or no_url_reason.",
    ),
    _answers(
        "empty-is-no-error",
        "An unknown customer gives an empty page",
        why="To know nothing of a customer is an answer; as an error it alarms the user for nothing.",
        mend="Return Page() where the source finds nothing.",
    ),
    _answers(
        "other-customer-apart",
        "Nothing of one customer comes for another",
        why="A fact about the wrong customer, said in a meeting, is the worst that can happen.",
        mend="Narrow by the look-ups of the query, and keep nothing of a query in self.",
        needs=("lookups",),
    ),
    _answers(
        "deterministic",
        "The same question gets the same answer",
        why="A screen that changes while nothing happened cannot be trusted.",
        mend="Sort by something fixed (a date, then the id), and do not return what comes out of a set.",
    ),
    _clocks(
        "times-aware",
        "Every time has a zone",
        why="A time without a zone is an hour off for half of the year, and a visit is missed.",
        mend="Use the zone that the source gives, else request.now().tzinfo.",
    ),
    _clocks(
        "times-not-invented",
        "No date comes from the clock",
        why='"Last contact today" that was made up from the clock is worse than no date.',
        mend="Leave a date that the source does not have as None; take the time from request.now() for "
        "fetched_at alone.",
    ),
    _clocks(
        "clock-and-zone",
        "It answers on every day and in every zone",
        why="29 February, the hours of a clock change and a colleague in Auckland all come.",
        mend="Reckon with timedelta on aware times; never replace day, month or year of a date.",
    ),
    _text(
        "control-characters",
        "Control characters in the source cost nothing and reach no field",
        why="Text from a customer can hold anything: it must neither break the panel nor steer the terminal.",
        mend="Take text as it is: no encoding to ASCII, no refusing, no escaping. The host cleans it.",
    ),
    _pages(
        "paging-ends",
        "Following the cursor comes to an end",
        why="A source that always has a next page is asked until the deadline, for nothing.",
        mend="Return cursor=None with the last page, and with an empty one.",
    ),
    _pages(
        "paging-loses-nothing",
        "All pages together hold everything",
        why="The one promise that matters may stand on page two.",
        mend="Return the cursor of the next page until the source has none, and set total to what all pages "
        "hold together.",
    ),
    _pages(
        "paging-repeats-nothing",
        "No record comes on two pages",
        why="A complaint that is listed twice looks like two complaints.",
        mend="Begin the next page after the last record of this one.",
    ),
    _pages(
        "strange-cursor",
        "A cursor that it does not know is no crash",
        why="Between two pages the source may have become shorter, or the adapter newer.",
        mend="Answer with an empty page, or raise BadData, for a cursor that cannot be read or lies behind "
        "the end.",
    ),
    _lookups(
        "lookups-obeyed",
        "Each declared look-up finds the customer by itself",
        why="Often only one thing is known of a customer, the domain in an invitation, say.",
        mend="Look for each key that adapter.toml lists under lookups, as alternatives; remove what the "
        "source cannot look for.",
        needs=("lookups",),
    ),
    _lookups(
        "undeclared-lookups-refused",
        "It looks for nothing that adapter.toml does not list",
        why="salesprep never passes on what is not listed: that part of the adapter would never be used.",
        mend="Add it to lookups in adapter.toml, or remove it from the adapter.",
        needs=("lookups",),
    ),
    _lookups(
        "abilities-kept",
        "Each ability that adapter.toml lists is there and works",
        why="What is offered and fails is worse than what is not offered.",
        mend="Write the method, or take it off abilities in adapter.toml.",
    ),
    _lookups(
        "search-finds",
        "Search finds what the sample holds, and nothing for nonsense",
        why="A search that finds everything or nothing is of no use on the way to a customer.",
        mend="Return records whose text holds the words, in either case.",
        needs=("search",),
    ),
    _lookups(
        "upcoming-in-window",
        "Upcoming gives the meetings of the window, earliest first",
        why="The day's agenda is made of it: a meeting outside it or out of order sends somebody astray.",
        mend="Return meetings that end after window.start and begin before window.end, sorted by start.",
        needs=("upcoming",),
    ),
)
