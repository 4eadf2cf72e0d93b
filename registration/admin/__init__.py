from registration.admin import hotels, intake, messages, registration, sensitive, travel  # noqa: F401 -- so that Django finds them
