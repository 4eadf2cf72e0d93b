from registration.admin import intake, messages, registration, sensitive  # noqa: F401 -- so that Django finds them
