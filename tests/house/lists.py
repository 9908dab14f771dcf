# SPDX-License-Identifier: GPL-3.0-or-later
"""Each file of the tree is in the list that needs it: sources and tests in Makefile.am, files with
messages in po/POTFILES.in."""

import os
import re

import house

makefile = set(re.sub(r"\\\n", " ", house.read("Makefile.am")).split())
potfiles = set(house.read("po/POTFILES.in").split())


def missing(paths):
    """Those that Makefile.am does not name; a program of one source may go by its own name."""
    return [path for path in paths
            if path not in makefile and re.sub(r"\.c$", "", path) not in makefile]


def has_messages(path):
    return re.search(r"\b(_|N_|ngettext)\((?!text\))", house.code(path))


def shown(path):
    """The goldens that the screen test in PATH asks for."""
    names = re.findall(r"^screen (\S+)", house.read(path), re.M)
    return [f"tests/screen/{name}.screen" for name in names]


sources = house.files("src", ".c", ".h")
goldens = house.files("tests/screen", ".screen")
asked = {golden for path in house.files("tests/screen", ".t") for golden in shown(path)}
house.report([
    ("sources are in Makefile.am", missing(sources)),
    ("tests are in Makefile.am",
     missing(house.files("tests", ".c", ".h", ".py", ".sh", ".t") + goldens)),
    ("feeds have what must come out beside them",
     [path for path in house.files("tests/feeds", ".xml")
      if not os.path.exists(os.path.join(house.TOP, re.sub(r"xml$", "expect", path)))
      or path[:-len(".xml")] not in makefile]),
    ("goldens are those that screen tests ask for", sorted(asked ^ set(goldens))),
    ("goldens hold no path of the machine that made them",
     [path for path in goldens if re.search(r"(?<!\S)/\w+/\w", house.read(path))]),
    ("files with messages are in POTFILES.in",
     [path for path in sources if has_messages(path) and path not in potfiles]),
    ("POTFILES.in names only files with messages",
     [path for path in sorted(potfiles) if path not in sources or not has_messages(path)]),
])
