from registration.admin import helper, intake, messages, registration, sensitive  # noqa: F401 -- so that Django finds them
