from agenda.admin import copying, photographs, programme, recordings, versions  # noqa: F401 -- so that Django finds them
