"""One customer at one moment: asked, recognised, derived. No words shown to people are in here.

Nothing is imported by this name alone: what draws a briefing needs :mod:`~salesprep.briefing.model` and none
of what asks for it.
"""
