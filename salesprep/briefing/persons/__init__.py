"""The same person in several sources: found, never merged, never graded. Pure.

Names are read into parts, compared in what two spellings can have in common, and joined to what else is
known: profiles, mail addresses, phone numbers, and who else is there. The outcome is ``same``, ``maybe``
or ``other`` with its reasons; there is no number that says how alike two people are.
"""
