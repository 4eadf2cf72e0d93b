from agenda.admin import copying, programme, versions  # noqa: F401 -- so that Django finds them
