"""A link that is not what it was when somebody confirmed it, in words with the mend."""

from __future__ import annotations

from salesprep.briefing.model import Flag
from salesprep.view.choices import command
from salesprep.view.lines import one_line
from salesprep.view.voice import Voice
from salesprep.view.words import _


def flagged(flag: Flag, voice: Voice) -> str:
    """``crm:1042 is not there any more (it was Acme B.V.); salesprep link forget acme crm:1042``."""
    forget = command("forget", flag.customer, [flag.target])
    if flag.what == "gone":
        line = _("{id} is not there any more; {forget}")
        if flag.then:
            line = _("{id}, which was {then}, is not there any more; {forget}")
        if flag.now:
            line = _("{id} is not there any more, but {now} is like it; {confirm} and {forget}")
        confirm = command("confirm", flag.customer, [flag.now])
    else:
        line = _("{id} was {then} when it was confirmed and is {now} now; {confirm} or {forget}")
        confirm = command("confirm", flag.customer, [flag.target])
    told = {"id": flag.target, "then": flag.then, "now": flag.now, "forget": forget, "confirm": confirm}
    return one_line(voice.say(line, **told))
