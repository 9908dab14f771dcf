# SPDX-License-Identifier: GPL-3.0-or-later
"""The papers show what is so: HACKING.md's map has a line for each file of src/ and for nothing
else, README.md's picture is the screen that tests/screen/readme.t compares."""

import os
import re

import house

# "    text/clean   what stands before …". A name without ending stands for its .c, its .h or both.
LINE = re.compile(r"^    (\S+) +(\S.*)$", re.M)


def section(text, title):
    """What stands between the heading TITLE and the next one of its level."""
    level = title.split(" ")[0]
    found = re.search(rf"^{re.escape(title)}\n(.*?)(?=^{level} |\Z)", text, re.M | re.S)
    return found[1] if found else ""


def mapped():
    """The names of the map, in its order."""
    the_map = section(house.read("HACKING.md"), "## The map")
    return [name for name, _ in LINE.findall(the_map.split("\n### Beside src/")[0])]


def picture():
    """The screen of README.md: the first block that is set in."""
    found = re.search(r"^(?:    .*\n|\n(?=    ))+", house.read("README.md"), re.M)
    return [line[4:] for line in found[0].strip("\n").split("\n")] if found else []


def golden(name):
    """The characters of a golden: what stands between its size and its styles."""
    return house.read(f"tests/screen/{name}.screen").split("\n# styles\n")[0].split("\n")[1:]


names = mapped()
sources = [path[len("src/"):] for path in house.files("src", ".c", ".h")]
stems = {re.sub(r"\.[ch]$", "", path) for path in sources}
house.report([
    ("each file of src/ is on the map",
     [path for path in sources if path not in names and path[:-2] not in names]),
    ("what is on the map is there",
     [name for name in names if name not in sources and name not in stems]),
    ("nothing is on the map twice",
     sorted({name for name in names if names.count(name) > 1})),
    ("the map's folders are those of src/",
     [name for name in re.findall(r"^### src/(\w+)", house.read("HACKING.md"), re.M)
      if not os.path.isdir(os.path.join(house.TOP, "src", name))]),
    ("README.md's picture is the screen of its test",
     [] if picture() == golden("readme") else picture()),
])
