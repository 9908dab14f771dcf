# SPDX-License-Identifier: GPL-3.0-or-later
"""What was counted in feeds by another XML parser (NAME.facts.json beside each).

    facts                       hark parse --json
    title, link, language       the same, blanks collapsed; where there is no title hark has
                                another name for it, so that is not compared
    items                       episodes
    items_with_enclosure        those with enclosures
    distinct_guids              those of their guids
    titles_sha1 …               the hash of the list: of titles, guids, published as seconds ("None"
                                where there is none), addresses of enclosures
    podcast_and_psc_elements    transcripts, chapters_url, chapters, soundbites, persons, funding;
                                the other elements are given by parse, but not counted here
    first, last                 title, guid, link, published, duration, enclosures: address, type
                                (where it is of use) and length (where it is a positive number)
"""

import datetime
import hashlib
import json
import os
import re

import suite


def squeezed(text):
    return " ".join((text or "").split())


def seconds(instant):
    return instant and int(
        datetime.datetime.fromisoformat(instant.replace("Z", "+00:00")).timestamp())


def sha1(lines):
    return hashlib.sha1("\n".join(str(line) for line in lines).encode()).hexdigest()


def length(text):
    """Seconds of 90, 1:30 and 0:01:30; None of what else there is."""
    if not re.fullmatch(r"\d+(:\d+){0,2}", text or ""):
        return None
    total = 0
    for part in text.split(":"):
        total = 60 * total + int(part)
    return total or None


def counts(feed):
    """How many of each element; facts name only those that are there."""
    episodes = feed["episodes"]
    found = {
        "transcript": sum(len(one["transcripts"]) for one in episodes),
        "chapters": sum(bool(one["chapters_url"]) for one in episodes),
        "psc:chapter": sum(len(one["chapters"]) for one in episodes),
        "soundbite": sum(len(one["soundbites"]) for one in episodes),
        "person": sum(len(one["persons"]) for one in episodes + [feed]),
        "funding": len(feed["funding"]),
    }
    return found


def episode(got, want):
    pairs = [("guid", got["guid"] or "", want["guid"]),
             ("pubDate", seconds(got["published"]), want["pubDate_unix"])]
    if want["title"]:
        pairs.append(("title", squeezed(got["title"]), want["title"]))
    if want["link"]:
        pairs.append(("link", got["link"], want["link"]))
    if length(want["itunes_duration"]):
        pairs.append(("duration", got["duration"], length(want["itunes_duration"])))
    for mine, other in zip(got["enclosures"], want["enclosures"]):
        pairs.append(("enclosure", mine["url"], other["url"]))
        if "/" in (other["type"] or ""):
            pairs.append(("enclosure type", mine["type"], other["type"]))
        if (other["length"] or "").isdigit() and int(other["length"]):
            pairs.append(("enclosure length", mine["length"], int(other["length"])))
    return pairs


def feed(got, want):
    episodes = got["episodes"]
    guids = [one["guid"] or "" for one in episodes]
    urls = [enclosure["url"] for one in episodes for enclosure in one["enclosures"]]
    found = counts(got)
    pairs = [(name, squeezed(got[name]), want[name]) for name in ("title", "link", "language")
             if want[name] or name != "title"]
    pairs += [
        ("items", len(episodes), want["items"]),
        ("items_with_enclosure", sum(bool(one["enclosures"]) for one in episodes),
         want["items_with_enclosure"]),
        ("distinct_guids", len(set(guids) - {""}), want["distinct_guids"]),
        ("titles", sha1(squeezed(one["title"]) for one in episodes), want["titles_sha1"]),
        ("guids", sha1(guids), want["guids_sha1"]),
        ("dates", sha1(seconds(one["published"]) for one in episodes),
         want["pubdates_unix_sha1"]),
        ("enclosures", sha1(urls), want["enclosure_urls_sha1"]),
    ]
    pairs += [(name, found[name], want["podcast_and_psc_elements"].get(name, 0))
              for name in found]
    for place, some in (("first", episodes), ("last", episodes[-len(want["last"]):])):
        for number, (one, other) in enumerate(zip(some, want[place]), 1):
            pairs += [(f"{place} {number} {name}", mine, expected)
                      for name, mine, expected in episode(one, other)]
    return pairs


def check(path):
    with open(path, encoding="utf-8") as file:
        want = json.load(file)
    got = suite.parse(path.replace(".facts.json", ""))
    return os.path.relpath(path.replace(".facts.json", ""), FOLDER), \
        suite.compare(feed(got, want)) if got else {"feed": "hark sees none"}


FOLDER = suite.folder()
paths = sorted(os.path.join(where, name) for where, _, names in os.walk(FOLDER)
               for name in names if name.endswith(".facts.json"))
report = suite.Report("facts", 80)
for found in suite.each(check, paths):
    report.file(*found)
report.end()
