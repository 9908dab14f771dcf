# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of other parsers' suites share. A file of a suite is held when every field that
is compared has the value expected there. What is not held stands in differs.tsv with its reason;
a test fails where another file is not held, where a listed one is, or where too few are."""

import concurrent.futures
import csv
import json
import os
import subprocess
import sys
import tempfile

HARK = os.environ.get("HARK", "hark")
HERE = os.path.dirname(os.path.abspath(__file__))
FEEDS = os.path.join(os.environ.get("SHARED", ""), "corpus", "feeds")
os.environ["HOME"] = os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="hark-suite-")
os.environ["LC_ALL"] = "C.UTF-8"


def skip(word):
    print(f"1..0 # SKIP {word}")
    sys.exit(0)


def folder(*parts):
    """A folder of the corpus; without it the whole test is skipped."""
    path = os.path.join(FEEDS, *parts)
    if not os.environ.get("SHARED") or not os.path.isdir(path):
        skip("no corpus beside the project")
    return path


def parse(path, base=None, content_type=None):
    """What `hark parse --json` says of a file; None where it says that this is no feed."""
    words = [HARK, "parse", "--json"]
    words += ["--base", base] if base else []
    words += ["--content-type", content_type] if content_type else []
    done = subprocess.run(words + [path], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=60)
    if done.returncode < 0:
        raise SystemExit(f"Bail out! {path}: hark ended by signal {-done.returncode}")
    return json.loads(done.stdout) if done.returncode == 0 else None


def each(function, things):
    """FUNCTION of each of THINGS, in their order, on every core."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        return list(threads.map(function, things))


def listed(suite):
    """The rows of differs.tsv for SUITE: (file, field) -> reason."""
    with open(os.path.join(HERE, "differs.tsv"), encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["file"], row["field"]): row["reason"] for row in rows
                if row["suite"] == suite}


class Report:
    """Takes one file after the other and prints TAP; BAR is the least share that must be held."""

    def __init__(self, suite, bar):
        self.suite, self.bar, self.reasons = suite, bar, listed(suite)
        self.count = self.held = self.known = 0
        self.unused = set(self.reasons)

    def line(self, good, text):
        self.count += 1
        print(f"{'ok' if good else 'not ok'} {self.count} - {text}")

    def file(self, name, wrong):
        """WRONG: field -> what is to be said of it, for each field that is not as expected."""
        keys = [(name, field) for field in wrong]
        self.unused -= set(keys)
        if not wrong:
            self.held += 1
            self.line(True, f"{name}: held")
        elif all(key in self.reasons for key in keys):
            self.known += 1
            why = "; ".join(sorted({self.reasons[key] for key in keys}))
            self.line(True, f"{name}: not held: {why}")
        else:
            self.line(False, f"{name}: not held, and not listed")
        for key, said in zip(keys, wrong.values()):
            print(f"# {key[1]}: {said}")

    def end(self, more=None, tests=()):
        """MORE: another last line; TESTS: (name, complaints) each."""
        total = self.count
        share = 100 * self.held / total if total else 0
        self.line(not self.unused, "what is listed as not held is not held")
        for name, field in sorted(self.unused):
            print(f"# {self.suite} {name} {field}: is held, or not in the suite")
        self.line(total > 0 and share >= self.bar, f"at least {self.bar} % are held")
        for name, complaints in tests:
            self.line(not complaints, name)
            for complaint in complaints:
                print(f"# {complaint}")
        print(f"1..{self.count}")
        if more:
            print(f"# {self.suite}: {more}")
        print(f"# {self.suite}: {self.held} of {total} held, {share:.1f} %; "
              f"{self.known} not held for a reason, {total - self.held - self.known} without")


def compare(pairs):
    """PAIRS: (field, got, expected). Gives what Report.file takes."""
    return {field: f"{got!r}, expected {want!r}" for field, got, want in pairs if got != want}
