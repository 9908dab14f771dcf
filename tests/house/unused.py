# SPDX-License-Identifier: GPL-3.0-or-later
"""Each function that a header offers is used outside the file that defines it."""

import re

import house

EXCEPTIONS = {  # name: why it stays
    "grid_row_text": "tests read by it what was painted",
    "episodes_sql": "its test guards the plan of each list",
}

DECLARATION = re.compile(
    r"^(?!typedef)[a-z][\w ]*[ *]+(\w+)\([^;{}]*\)[^;{}()]*(\([^;{}]*\))?;", re.M)

text = {path: house.code(path) for path in house.files("src", ".c", ".h")}
headers = [path for path in text if path.endswith(".h")]
declared = {}  # name: header
owned = {}  # what OWNED(x) frees with
for header in headers:
    for found in DECLARATION.finditer(text[header]):
        declared[found[1]] = header
    for name, free in re.findall(r"^OWNED_DEFINE\((\w+), (\w+)\)", text[header], re.M):
        owned[free] = name

words = {path: set(re.findall(r"\w+", text[path])) for path in text}
owners = {path: set(re.findall(r"\bOWNED\((\w+)\)", text[path])) for path in text}
definers = {}
for path in text:
    for name in re.findall(r"^(\w+)\(", text[path], re.M):
        definers.setdefault(name, set()).add(path)


def is_used(name):
    home = definers.get(name, set()) | {declared[name]}
    return any(name in words[path] or owned.get(name) in owners[path]
               for path in text if path not in home)


unused = [name for name in declared if not is_used(name)]
house.report([
    ("public functions are used",
     [f"{declared[name]}: {name}" for name in unused if name not in EXCEPTIONS]),
    ("public functions are defined",
     [f"{declared[name]}: {name}" for name in declared if name not in definers]),
    ("exceptions are needed", [name for name in EXCEPTIONS if name not in unused]),
])
