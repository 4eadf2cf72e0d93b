from registration.admin import arrangements, intake, messages, registration, sensitive  # noqa: F401 -- so that Django finds them
