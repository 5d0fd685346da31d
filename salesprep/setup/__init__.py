"""Setting up sources: what is in a file, folder or at an address, what it could become, and writing it.

Here is the looking (every adapter that can ``recognise`` is asked, each on a thread of its own), the
proposing (which reading wins, what joins what, who *we* are) and the writing of a settings file. No
word is said here and nothing is asked: that is the command line's.
"""

from salesprep.setup.asking import Adapters
from salesprep.setup.looking import Looked, look
from salesprep.setup.model import Finding, Offer, Place, SetupError, Trouble
from salesprep.setup.people import me_of, own_domains
from salesprep.setup.places import place_of
from salesprep.setup.plan import Change, Plan, changed_us, plan
from salesprep.setup.proposals import is_stated, lacking, unsaid, with_choice, with_statement
from salesprep.setup.remote import fetch
from salesprep.setup.write import apply

__all__ = [
    "Adapters",
    "Change",
    "Finding",
    "Looked",
    "Offer",
    "Place",
    "Plan",
    "SetupError",
    "Trouble",
    "apply",
    "changed_us",
    "fetch",
    "is_stated",
    "lacking",
    "look",
    "me_of",
    "own_domains",
    "place_of",
    "plan",
    "unsaid",
    "with_choice",
    "with_statement",
]
