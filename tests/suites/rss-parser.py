# SPDX-License-Identifier: GPL-3.0-or-later
"""rss-parser's suite, for the fields that hark keeps.

    rss-parser                      hark parse --json
    title, description, language    the same, the first two as text
    link, feedUrl                   link, feed_url
    itunes.image, image.url         image
    itunes.author                   author
    itunes.owner                    owner
    itunes.explicit                 explicit
    itunes.categories               categories
    ttl                             ttl
    items                           episodes
      guid, id                      guid
      isoDate                       published
      content:encoded, content, summary     notes_html or summary, as text
      itunes.author, creator, author        author
      enclosure                     enclosures: one of them
      itunes.duration               duration, where it is in seconds
      itunes.image, season, episode, episodeType, explicit  the same
"""

import glob
import os

import suite

YES = {"yes": True, "true": True, "explicit": True, "no": False, "false": False, "clean": False}


def number(text):
    return int(text) if text and str(text).isdigit() else None


def explicit(itunes):
    return YES.get(str(itunes.get("explicit", "")).lower())


def enclosures(item):
    one = item.get("enclosure")
    if not one or not one.get("url"):
        return []
    length = number(one.get("length")) or None
    return [{"url": one["url"], "type": one.get("type"), "length": length}]


def episode(item):
    itunes = item.get("itunes", {})
    return {
        "title": item.get("title"),
        "guid": item.get("guid") or item.get("id"),
        "link": item.get("link"),
        "published": item.get("isoDate"),
        "author": itunes.get("author") or item.get("creator") or item.get("author"),
        "text": item.get("content:encoded") or item.get("content") or item.get("summary"),
        "enclosures": enclosures(item),
        "duration": number(itunes.get("duration")),
        "image": itunes.get("image"),
        "season": number(itunes.get("season")),
        "episode": itunes.get("episode"),
        "episode_type": itunes.get("episodeType"),
        "explicit": explicit(itunes),
    }


def show(expected, _):
    want = expected["feed"]
    itunes = want.get("itunes", {})
    owner = itunes.get("owner")
    return {
        "title": want.get("title"),
        "text": want.get("description"),
        "link": want.get("link"),
        "feed_url": want.get("feedUrl"),
        "language": want.get("language"),
        "image": itunes.get("image") or (want.get("image") or {}).get("url"),
        "author": itunes.get("author"),
        "owner": {"name": owner.get("name"), "email": owner.get("email")} if owner else None,
        "explicit": explicit(itunes),
        "categories": itunes.get("categories", []),
        "ttl": number(want.get("ttl")),
        "episodes": [episode(item) for item in want["items"]],
    }


home = suite.folder("rss-parser")
feeds = [feed for place in (home, suite.folder("real", "rss-parser"))
         for pattern in ("*.rss", "*.atom") for feed in glob.glob(os.path.join(place, pattern))]
pairs = [(feed, os.path.splitext(feed)[0] + ".expected.json") for feed in feeds]
suite.hold("rss-parser", 95, [pair for pair in pairs if os.path.exists(pair[1])], show)
