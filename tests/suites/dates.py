# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates, durations and enclosures' words as feedparser and podcastparser read them, each within an
item of one feed.

    feedparser's dates, parse_pubdate    published, as seconds; none null
    parse_time                           duration; 0 null
    parse_length                         an enclosure's length; -1 null
    parse_type                           its type; application/octet-stream null

The other functions of podcastparser's table are about addresses that are typed and names of files.
"""

import ast
import csv
import datetime
import os
import tempfile
from xml.sax.saxutils import escape, quoteattr

import suite

FOLDER = os.path.join(os.environ.get("SHARED", ""), "corpus", "dates")
HEAD = '<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>t</title>'


def enclosure(name, value):
    attribute = "" if value is None else f" {name}={quoteattr(value)}"
    return f'<enclosure url="http://example.org/file"{attribute}/>'


def published(item):
    return item["published"] and int(
        datetime.datetime.fromisoformat(item["published"].replace("Z", "+00:00")).timestamp())


def length(item):
    found = item["enclosures"][0]["length"]
    return -1 if found is None else found


KINDS = {  # how a value is written, how it is read
    "date": (lambda value: f"<pubDate>{escape(value)}</pubDate>", published),
    "parse_pubdate": (lambda value: f"<pubDate>{escape(value)}</pubDate>", published),
    "parse_time": (lambda value: f"<itunes:duration>{escape(value)}</itunes:duration>",
                   lambda item: item["duration"] or 0),
    "parse_length": (lambda value: enclosure("length", value), length),
    "parse_type": (lambda value: enclosure("type", value),
                   lambda item: item["enclosures"][0]["type"] or "application/octet-stream"),
}


def rows(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


if not os.environ.get("SHARED") or not os.path.isdir(FOLDER):
    suite.skip("no corpus beside the project")
values = [("date", text, None if want == "none" else int(want))
          for _, text, want, _ in rows("feedparser_dates.tsv")]
values += [(kind, ast.literal_eval(text), ast.literal_eval(want))
           for kind, text, want in rows("podcastparser_values.tsv") if kind in KINDS]
with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".xml") as feed:
    feed.write(HEAD + "".join(f"<item><title>t</title>{KINDS[kind][0](text)}</item>"
                              for kind, text, _ in values) + "</channel></rss>")
    feed.flush()
    items = suite.parse(feed.name)["episodes"]

report = suite.Report("dates", 100)
for (kind, text, want), item in zip(values, items):
    report.file(f"{kind} {text!r}", suite.compare([(kind, KINDS[kind][1](item), want)]))
report.end(tests=[("every value has its item", [] if len(items) == len(values) else ["no"])])
