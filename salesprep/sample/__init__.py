"""The sample workspace: a dozen invented customers, laid out in time around the day it is opened.

A CRM in SQLite, two LinkedIn files, four calendars and a wiki, written into the cache once per day and
visit. On a working day before 16:00 the first visit is the next half hour at least 40 minutes ahead; at
any other time the sample's clock stands at 13:21 of the next working day.
"""

from salesprep.sample.layout import ZONE, Laid, lay_out

__all__ = ["ZONE", "Laid", "lay_out"]
