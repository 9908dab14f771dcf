# SPDX-License-Identifier: GPL-3.0-or-later
"""Arrows only point down, and one folder one library: each #include in src/ against the table."""

import re

import house

BELOW = {  # a folder may include itself and these
    "base": "",
    "conf": "base",
    "text": "conf base",
    "ui": "conf base",
    "play": "conf base",
    "store": "text conf base",
    "work": "store text conf base",
    "verbs": "work store text play conf base",
    "app": "verbs work store text ui play conf base",
    "cli": "verbs work store text ui play conf base",
    "main": "app cli verbs work store text ui play conf base",
    "player": "store play conf base",
}

LIBRARIES = {  # header (a pattern): the folders that may include it
    r"glib(-unix|-object)?\.h|glib/.*": BELOW.keys(),
    r"uni[a-z]+\.h|unistring/.*": ["base"],
    r"libxml/.*": ["text"],
    r"jansson\.h": ["text", "play"],
    r"sqlite3\.h|zstd\.h": ["store"],
    r"curl/.*|zlib\.h|isa-l/.*": ["work"],
    r"(ncursesw/)?(curses|ncurses|term)\.h": ["ui"],
    r"mpv/.*|gio/.*": ["player"],
}

LIBC = set("""
    assert.h ctype.h errno.h fcntl.h float.h fnmatch.h ftw.h getopt.h inttypes.h langinfo.h
    libintl.h limits.h locale.h math.h poll.h pthread.h pwd.h sched.h signal.h spawn.h stdarg.h
    stdatomic.h stdbool.h stddef.h stdint.h stdio.h stdlib.h string.h strings.h sys/eventfd.h
    sys/file.h sys/inotify.h sys/ioctl.h sys/mman.h sys/resource.h sys/signalfd.h sys/socket.h
    sys/stat.h sys/statvfs.h sys/syscall.h sys/time.h sys/timerfd.h sys/types.h sys/uio.h sys/un.h
    sys/utsname.h sys/wait.h termios.h time.h unistd.h wchar.h wctype.h execinfo.h""".split())


def complaint(folder, header, own):
    """What is wrong with a file of FOLDER including HEADER, or None."""
    if own:
        there = header.split("/")[0]
        if header == "config.h" or there == folder or there in BELOW[folder].split():
            return None
        if there not in BELOW:
            return f"\"{header}\": the path of our own headers begins in src/"
        return f"{folder} is not above {there}"
    if header in LIBC:
        return None
    for pattern, folders in LIBRARIES.items():
        if re.fullmatch(pattern, header):
            return None if folder in folders else f"<{header}> belongs to {', '.join(folders)}"
    return f"<{header}> is in no table of tests/house/includes.py"


wrong = {folder: [] for folder in BELOW}
for path in house.files("src", ".c", ".h"):
    parts = path.split("/")
    folder = parts[1] if len(parts) == 3 else "main"
    if folder not in wrong:
        wrong[folder] = [f"{path}: the house has no folder {folder}"]
        BELOW[folder] = ""
    for number, line in enumerate(house.read(path).split("\n"), 1):
        found = re.match(r"\s*#\s*include\s*([<\"])([^>\"]+)[>\"]", line)
        text = found and complaint(folder, found[2], found[1] == '"')
        if text:
            wrong[folder].append(f"{path}:{number}: {text}")
house.report([(f"includes of {folder}", complaints) for folder, complaints in wrong.items()])
