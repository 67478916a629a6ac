"""What a rule raises when something that can be seen may not be done."""


class Refused(Exception):
    """The reason, worded for the person; the door shows it and changes nothing."""

    def __init__(self, reason: object) -> None:
        super().__init__(str(reason))
        self.reason = reason
