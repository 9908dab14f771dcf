# SPDX-License-Identifier: GPL-3.0-or-later
"""gofeed's suite, for the fields that hark keeps.

    gofeed, raw Atom and RSS, or universal      hark parse --json
    title                                       title, as text
    description, subtitle                       description, as text
    link, links                                 link: the one given (gofeed takes the last of RSS's,
                                                hark the first), of Atom's the first alternate
    feedLink                                    feed_url
    language                                    language
    image.url, logo, icon                       image
    author.name, authors, managingEditor        author: the first one's name
    categories                                  categories: label before term
    ttl                                         ttl
    items, entries                              episodes
      guid, guid.value, id                      guid
      published(Parsed), else updated(Parsed)   published
      content, description, summary             notes_html or summary, as text
      enclosures, links of rel enclosure        enclosures
"""

import glob
import os

import suite


def name_of(thing):
    authors = thing.get("authors")
    first = authors[0] if authors else thing.get("author")
    if isinstance(first, dict):
        return first.get("name")
    return first


def link_of(thing):
    for link in thing.get("links", []):
        if isinstance(link, str):
            return link
        if link.get("rel", "alternate") == "alternate" and link.get("type") in (None, "text/html"):
            return link.get("href")
    return thing.get("link")


def category(thing):
    if isinstance(thing, str):
        return thing
    return thing.get("value") or thing.get("label") or thing.get("term")


def length(text):
    return int(text) if text and text.isdigit() and text != "0" else None


def enclosures(item):
    found = [{"url": one.get("url"), "type": one.get("type"), "length": length(one.get("length"))}
             for one in item.get("enclosures", [])]
    for link in item.get("links", []):
        if isinstance(link, dict) and link.get("rel") == "enclosure":
            found.append({"url": link.get("href"), "type": link.get("type"),
                          "length": length(link.get("length"))})
    return [one for one in found if one["url"]]


def text_of(item):
    content = item.get("content")
    if isinstance(content, dict):
        content = content.get("value")
    return content or item.get("description") or item.get("summary")


def episode(item):
    guid = item.get("guid", item.get("id"))
    return {
        "title": item.get("title"),
        "guid": guid.get("value") if isinstance(guid, dict) else guid,
        "link": link_of(item),
        "published": item.get("publishedParsed") or item.get("updatedParsed"),
        "author": name_of(item),
        "text": text_of(item),
        "image": (item.get("image") or {}).get("url"),
        "enclosures": enclosures(item),
    }


def show(want, _):
    image = (want.get("image") or {}).get("url") or want.get("logo") or want.get("icon")
    ttl = want.get("ttl")
    return {
        "title": want.get("title"),
        "text": want.get("description") or want.get("subtitle"),
        "link": link_of(want),
        "feed_url": want.get("feedLink"),
        "language": want.get("language"),
        "image": image,
        "author": name_of(want) or want.get("managingEditor"),
        "categories": [category(one) for one in want.get("categories", [])],
        "ttl": int(ttl) if ttl else None,
        "episodes": [episode(item) for item in want.get("items", want.get("entries", []))],
    }


feeds = glob.glob(os.path.join(suite.folder("gofeed"), "*", "*.xml"))
pairs = [(feed, feed[:-4] + ".json") for feed in feeds]
suite.hold("gofeed", 95, [pair for pair in pairs if os.path.exists(pair[1])], show)
