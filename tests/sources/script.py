"""What a source of the tests answers, call by call."""

from __future__ import annotations

from typing import Any

from salesprep.adapter import Page, Record


class Script:
    """Answers each call with the next of its steps: a page, or an error to raise; the last one stays."""

    def __init__(self, *steps: Page[Record] | BaseException) -> None:
        self.steps = list(steps)
        self.calls: list[tuple[Any, ...]] = []

    async def __call__(self, *arguments: Any) -> Page[Record]:
        self.calls.append(arguments)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, BaseException):
            raise step
        return step
