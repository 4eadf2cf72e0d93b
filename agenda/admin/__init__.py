from agenda.admin import copying, photographs, programme, versions  # noqa: F401 -- so that Django finds them
