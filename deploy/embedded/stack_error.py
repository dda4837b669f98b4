"""The one error of the embedded stack: what is wrong, and what a person can do about it."""


class StackError(Exception):
    """The stack cannot start or go on. ``message`` says what is wrong, ``remedy`` what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message}\n{remedy}")
        self.message = message
        self.remedy = remedy
