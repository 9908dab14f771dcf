# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the house share: the files of the tree, and TAP."""

import os
import re

TOP = os.environ.get("SRCDIR") or os.path.join(os.path.dirname(__file__), "..", "..")


def files(folder, *endings):
    """The paths below FOLDER that end so, from the top of the tree, sorted."""
    found = []
    for where, folders, names in os.walk(os.path.join(TOP, folder)):
        folders[:] = [name for name in folders if not name.startswith((".", "__"))]
        found += [os.path.relpath(os.path.join(where, name), TOP)
                  for name in names if name.endswith(endings)]
    return sorted(found)


def read(path):
    with open(os.path.join(TOP, path), encoding="utf-8") as file:
        return file.read()


def code(path):
    """The C in PATH without comments and string literals; lines stay where they are."""
    def blank(match):
        text = match.group(0)
        return '""' if text[0] in "\"'" else "\n" * text.count("\n")
    token = r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|//[^\n]*|/\*.*?\*/'
    return re.sub(token, blank, read(path), flags=re.S)


def report(tests):
    """Prints TAP for TESTS, (name, complaints) each, and what is wrong with each."""
    print(f"1..{len(tests)}")
    for number, (name, complaints) in enumerate(tests, 1):
        print(f"{'not ok' if complaints else 'ok'} {number} - {name}")
        for complaint in complaints:
            print(f"# {complaint}")
