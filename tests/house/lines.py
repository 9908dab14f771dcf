# SPDX-License-Identifier: GPL-3.0-or-later
"""How the files look: lines of 100 columns, no blanks at their ends, an SPDX line, and function
names that begin their line."""

import re

import house

SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
LONGEST = 100

# A definition whose name stands behind its type: "static int name(...) {" in one line.
INLINE_NAME = re.compile(r"^(?!static inline)[A-Za-z_][\w ]*[ *]+(\w+)\([^;{}]*\)\s*\{", re.M)


def lines():
    for path in everything:
        for number, line in enumerate(house.read(path).split("\n"), 1):
            yield f"{path}:{number}", line


everything = (house.files("src", ".c", ".h") + house.files("tests", ".c", ".h", ".py", ".sh") +
              ["run", "check"])
sources = [path for path in everything if path.endswith((".c", ".h"))]
tests = [
    (f"lines have at most {LONGEST} columns",
     [place for place, line in lines() if len(line.expandtabs(8)) > LONGEST]),
    ("no blanks at the end of lines",
     [place for place, line in lines() if line != line.rstrip()]),
    ("files end with a line end, and one only",
     [path for path in everything if not re.search(r"[^\n]\n\Z", house.read(path))]),
    ("the first lines have the licence",
     [path for path in everything if SPDX not in "\n".join(house.read(path).split("\n")[:2])]),
    ("functions begin their line with their name",
     [f"{path}: {name}" for path in sources for name in INLINE_NAME.findall(house.code(path))
      if name not in ("if", "while", "for", "switch")]),
]
house.report(tests)
