# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of other parsers' suites share. A file of a suite is held when every field that
is compared has the value expected there. What is not held stands in differs.tsv with its reason;
a test fails where another file is not held, where a listed one is, or where too few are."""

import atexit
import concurrent.futures
import csv
import datetime
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

HARK = os.environ.get("HARK", "hark")
HERE = os.path.dirname(os.path.abspath(__file__))
FEEDS = os.path.join(os.environ.get("SHARED", ""), "corpus", "feeds")
HOME = tempfile.mkdtemp(prefix="hark-suite-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["HOME"] = os.environ["XDG_RUNTIME_DIR"] = HOME
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


def seconds(instant):
    """An instant of ISO 8601 as seconds since 1970; 0 where there is none."""
    if not instant:
        return 0
    return int(datetime.datetime.fromisoformat(instant.replace("Z", "+00:00")).timestamp())


def plain(markup):
    """The text of HTML, in one line. References are undone before tags too: some keep them."""
    text = html.unescape(html.unescape(re.sub(r"<[^>]*>", "", markup or "")))
    return " ".join(re.sub(r"<[^>]*>", "", text).split())


def packed(markup):
    """The text without its blanks: where tags stood, one program has a blank and another none."""
    return "".join(plain(markup).split())


def held_texts(got, key, want):
    """Notes are one text of several that a feed may give; another may be the summary."""
    texts = [packed(got.get(part)) for part in ("notes_html", "summary", "description")]
    text = packed(want)
    return text in texts or (got.get("summary") and text.startswith(packed(got["summary"])[:-1]))


def held_enclosures(got, key, want):
    known = {address(enclosure["url"]): enclosure for enclosure in got[key]}
    return all(address(other["url"]) in known and all(
        value is None or name == "url" or known[address(other["url"])][name] == value
        for name, value in other.items()) for other in want)


def held_author(got, key, want):
    """One of several; an address of mail behind the name is not shown."""
    names = want if isinstance(want, list) else [want]
    names = [re.sub(r"\((mailto:|[^ )]*@).*\)", "", name) for name in names]
    return plain(got[key]) in map(plain, names)


def address(text):
    """As the standard of addresses writes them: host in lower case, a path at least "/"."""
    parts = urllib.parse.urlsplit((text or "").strip())
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/").geturl()


def held_address(got, key, want):
    return address(got[key]) == address(want)


RULES = {
    "title": lambda got, key, want: packed(got[key]) == packed(want),
    "author": held_author,
    "language": lambda got, key, want: (got[key] or "").lower() == want.lower(),
    "link": held_address,
    "image": held_address,
    "text": held_texts,
    "published": lambda got, key, want: seconds(got[key]) == seconds(want),
    "duration": lambda got, key, want: int(got[key] or 0) == want,
    "categories": lambda got, key, want: set(map(plain, want)) <= set(map(plain, got[key])),
    "enclosures": held_enclosures,
}


def expected(want):
    """What of an expectation is compared: what is not there is not."""
    return [(key, value) for key, value in want.items()
            if key != "episodes" and value not in (None, "", [])]


def fields(got, want):
    """WANT: an expectation, by the names of `hark parse --json` (text: any of its texts). Gives
    what Report.file takes."""
    wrong = {}
    for key, value in expected(want):
        rule = RULES.get(key, lambda got, key, want: got[key] == want)
        if not rule(got, key, value):
            mine = got.get("notes_html", got.get("description")) if key == "text" else got[key]
            wrong[key] = f"{mine!r}, expected {value!r}"
    return wrong


def kept(got, want):
    """The same for a show with its episodes. Gives how many fields were compared, how many are as
    expected, and what Report.file takes."""
    count = sum(len(expected(one)) for one in [want, *want["episodes"]])
    if not got:
        return count, 0, {"feed": "hark sees none"}
    wrong = fields(got, want)
    failed = len(wrong)
    if len(got["episodes"]) != len(want["episodes"]):
        wrong["episodes"] = f"{len(got['episodes'])}, expected {len(want['episodes'])}"
        failed = count
    for mine, other in zip(got["episodes"], want["episodes"]):
        said = fields(mine, other)
        failed += len(said)
        wrong |= {f"episode {key}": value for key, value in said.items()}
    return count, max(count - failed, 0), wrong


def expectation(path):
    """A file of JSON, in UTF-8 or, as one is, in ISO 8859-1."""
    with open(path, "rb") as file:
        content = file.read()
    try:
        return json.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        return json.loads(content.decode("latin-1"))


def hold(name, bar, files, mapping, base=None):
    """A whole suite, of which BAR per cent of the fields must be held, and files at least 90 (some
    suites have ten). FILES: (feed, expectation); MAPPING makes of the latter, and of the feed's
    path, what kept() takes."""
    report, beside, total, good = Report(name, 90), 0, 0, 0
    root = folder(name)

    def check(pair):
        want = mapping(expectation(pair[1]), pair[0])
        return os.path.relpath(pair[0], root), *kept(parse(pair[0], base), want)

    for path, count, right, wrong in each(check, sorted(files)):
        total, good, beside = total + count, good + right, beside + (count == 0)
        if count:
            report.file(path, wrong)
    share = 100 * good / total if total else 0
    report.end(f"{good} of {total} fields held, {share:.2f} %; "
               f"{beside} files more have only fields that hark does not keep",
               [(f"at least {bar} % of the fields are held", [] if share >= bar else [share])])
