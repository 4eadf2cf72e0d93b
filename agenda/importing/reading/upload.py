"""How a file is opened that names its fields."""

import zipfile

from conference import limits


def is_too_large(archive: zipfile.ZipFile) -> bool:
    """A small file may unpack to gigabytes, or to millions of empty cells, or its XML may define entities, which no
    office program writes.
    """
    parts = archive.infolist()
    if len(parts) > limits.PARTS or sum(part.file_size for part in parts) > limits.UNPACKED:
        return True
    tags = 0
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            xml = archive.read(part).replace(b"\x00", b"")
            tags += xml.count(b"<")
            if tags > limits.TAGS or b"<!DOCTYPE" in xml:
                return True
    return False


def decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
