"""How an adapter behaves beside others: time, threads, what it leaves behind, its files."""

from __future__ import annotations

from salesprep.kit.catalog.entry import about

_running = about("running")
_apart = about("apart")
_files = about("files", "files")

CHECKS = (
    _running(
        "deadline-kept",
        "A call is over when its time is",
        why="Who is not back 250 ms after the deadline is stuck: the source answers nothing more that day.",
        mend="Let CancelledError pass, and give a library of plain functions request.left() as its time-out.",
    ),
    _running(
        "cancel-kept",
        "A cancelled call ends",
        why="The user has gone on to the next customer; a call that does not end blocks the next question.",
        mend="Do not catch CancelledError or BaseException; clean up in finally.",
    ),
    _running(
        "no-task-left",
        "No task outlives its call",
        why="Tasks that are left behind pile up all day, and go on asking when nobody waits.",
        mend="Await what you start, best in an asyncio.TaskGroup.",
        needs=("async",),
    ),
    _running(
        "no-thread-left",
        "No thread outlives the source",
        why="A thread that is left behind holds the end of the program, and files open.",
        mend="End in close() what you started, or start nothing: the host has threads for you.",
    ),
    _running(
        "loop-not-blocked",
        "The event loop is never held for more than 50 ms",
        why="While a coroutine computes or sleeps, no other call of this source goes on.",
        mend='Await instead of calling what blocks, or use BlockingAdapter with runs = "thread".',
        needs=("async",),
    ),
    _running(
        "closed-twice",
        "It can be closed twice, and unused",
        why="An error while closing is seen by nobody, and what comes after it stays open.",
        mend="Set what you close to None, and close only what is there.",
    ),
    _apart(
        "concurrent-calls",
        "Calls at one time do not disturb each other",
        why="Kinds and customers are asked at once: what is kept in self between two lines is mixed up.",
        mend="Keep what belongs to one call in local variables.",
    ),
    _apart(
        "identities-apart",
        "What one user may see never reaches another",
        why="A colleague's confidential account in somebody else's briefing is a data leak.",
        mend="Keep nothing in module globals or class attributes; what is in request.store is apart already.",
    ),
    _apart(
        "works-after-failure",
        "After a failure the next call works",
        why="A short hiccup must not cost the whole day.",
        mend="Keep no half-open connection and no half-read state: begin each call anew.",
    ),
    _apart(
        "store-stays-inside",
        "It writes nowhere but in request.store, and does without it",
        why="What is written elsewhere is found by nobody who has to list or erase it.",
        mend="Write to request.store alone; where it is None, keep nothing.",
    ),
    _apart(
        "read-only",
        "It only reads",
        why="salesprep promises that looking changes nothing at the source.",
        mend="Use GET and HEAD alone; open files and databases for reading only.",
    ),
    _files(
        "file-missing",
        "A file that is gone is said to be gone",
        why="An export that was moved must not look like a customer without contacts.",
        mend="Raise ConfigInvalid with the file's name, or give the page a failure if others can be read.",
    ),
    _files(
        "file-unreadable",
        "A file without the right to read it is said to be so",
        why="The admin has to know that it is a matter of rights.",
        mend="Turn PermissionError into ConfigInvalid with the name of the file.",
    ),
    _files(
        "file-empty",
        "An empty file is no crash, and nothing of before is shown",
        why="Exports that are just being written are empty for a moment.",
        mend="Raise BadData, or return an empty page; look at the file's state before using an index.",
    ),
    _files(
        "file-cut",
        "A file that was cut off is no crash",
        why="Downloads break off.",
        mend="Raise BadData, or return what can be read and count the rest in refused.",
    ),
    _files(
        "file-garbled",
        "A file of garbage is no crash, and is not believed",
        why="A file of the wrong sort lies in the wrong place one day.",
        mend="Raise BadData where the content is not of your format.",
    ),
    _files(
        "file-changed",
        "A file that changes between two calls is seen",
        why="A briefing that shows last week's export is wrong without looking so.",
        mend="Key an index by the file's size and time of change in nanoseconds.",
    ),
)
