from registration.admin import (  # noqa: F401 -- so that Django finds them
    arrangements,
    helper,
    hotels,
    intake,
    letters,
    message_texts,
    messages,
    registration,
    sensitive,
    travel,
)
