"""Numbers in addresses. Django's own `int` takes any number of digits, and a database takes eighteen."""


class Year:
    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Key(Year):
    """The key of a row, or another number that is asked of the database."""

    regex = "[0-9]{1,18}"
