# SPDX-License-Identifier: GPL-3.0-or-later
"""podcastparser's suite: every file, field by field.

    podcastparser       hark parse --json
    title, link, description, language, explicit, type    the same
    cover_url           image
    new_url             new_feed_url
    funding_url         the address of the first of funding
    itunes_owner        owner
    episodes            episodes, less those without guid, link and enclosure: podcastparser has
                        nothing to know them by and drops them
    max_episodes        an argument there: the newest so many

    title, season, type  title, season, episode_type
    guid                guid; where there is none the link, else the enclosure's address, which is
                        what hark knows it by
    guid and link, where they are the same: podcastparser took the guid for an address and made it
                        absolute; hark keeps a guid as it stands, and has the address as link where
                        it looks like one or says that it is one
    link                link
    published           published, as seconds; 0 null
    total_time          duration, in whole seconds; 0 null
    description         summary or the text of notes_html: podcastparser fills it from the HTML
    description_html    notes_html
    number              episode
    episode_art_url     image
    payment_url         nothing: it is always null in this suite
    chapters_json_url   chapters_url
    chapters            chapters: start in whole seconds, title, href = url, image
    enclosures          enclosures, in any order: hark has the main one first
      url               url
      file_size         length; -1 null
      mime_type         type; application/octet-stream stands for "unknown" there, where hark may
                        know it from the address
"""

import glob
import json
import os
import urllib.parse

import suite
from suite import plain, seconds

UNKNOWN = "application/octet-stream"


def enclosures(got, want):
    known = {enclosure["url"]: enclosure for enclosure in got}
    pairs = [("enclosures", sorted(known), sorted(enclosure["url"] for enclosure in want))]
    for enclosure in want:
        mine = known.get(enclosure["url"], {})
        length = mine.get("length")
        pairs.append(("file_size", -1 if length is None else length, enclosure["file_size"]))
        if enclosure["mime_type"] != UNKNOWN:
            pairs.append(("mime_type", mine.get("type"), enclosure["mime_type"]))
    return pairs


def chapters(got):
    names = {"title": "title", "url": "href", "image": "image"}
    return [{"start": int(chapter["start"]), **{
        name: chapter[key] for key, name in names.items() if chapter[key] is not None}}
        for chapter in got]


def identity(got):
    first = got["enclosures"][0]["url"] if got["enclosures"] else None
    return got["guid"] or got["link"] or first


def address(got, base):
    return got["link"] or urllib.parse.urljoin(base, got["guid"] or "")


def episode(got, want, base):
    texts = [got["summary"] or "", plain(got["notes_html"])]
    number = int(got["episode"]) if (got["episode"] or "").isdigit() else None
    fields = {
        "title": got["title"],
        "guid": identity(got),
        "link": got["link"] or "",
        "published": seconds(got["published"]),
        "total_time": int(got["duration"] or 0),
        "description": want["description"] if plain(want["description"]) in texts else texts,
        "description_html": got["notes_html"],
        "number": number,
        "season": got["season"],
        "type": got["episode_type"],
        "episode_art_url": got["image"],
        "payment_url": None,
        "chapters_json_url": got["chapters_url"],
        "chapters": chapters(got["chapters"]),
    }
    if want["guid"] == want["link"]:
        fields["guid"] = fields["link"] = address(got, base)
    pairs = [(name, fields[name], want[name]) for name in want if name != "enclosures"]
    return pairs + enclosures(got["enclosures"], want["enclosures"])


def feed(got, want, base, most):
    funding = got["funding"][0]["url"] if got["funding"] else None
    fields = {"title": got["title"], "link": got["link"], "description": got["description"],
              "language": got["language"], "explicit": got["explicit"], "type": got["type"],
              "cover_url": got["image"], "new_url": got["new_feed_url"], "funding_url": funding,
              "itunes_owner": got.get("owner")}
    pairs = [(name, fields[name], want[name]) for name in want if name != "episodes"]
    mine = [one for one in got["episodes"] if identity(one)]
    if most:
        mine = sorted(mine, key=lambda one: -seconds(one["published"]))[:most]
    pairs.append(("episodes", len(mine), len(want["episodes"])))
    for one, other in zip(mine, want["episodes"]):
        pairs += episode(one, other, base)
    return pairs


def check(path):
    name = os.path.basename(path)
    parameters = path.replace(".rss", ".param.json")
    most = None
    if os.path.exists(parameters):
        with open(parameters, encoding="utf-8") as file:
            most = json.load(file)["max_episodes"]
    with open(path.replace(".rss", ".json"), encoding="utf-8") as file:
        want = json.load(file)
    base = f"file://tests/data/{name}"
    got = suite.parse(path, base)
    if not got:
        return name, {"feed": "hark sees none"}
    return name, suite.compare(feed(got, want, base, most))


report = suite.Report("podcastparser", 100)
for found in suite.each(check, sorted(glob.glob(f"{suite.folder('podcastparser')}/*.rss"))):
    report.file(*found)
report.end()
