# SPDX-License-Identifier: GPL-3.0-or-later
"""feed-rs's suite, for the fields that hark keeps.

    feed-rs                         hark parse --json
    title.content                   title, as text
    description.content             description, as text
    language                        language, whatever its case
    links                           link: the first alternate
    logo.uri, icon.uri              image
    authors                         author: one of them
    categories                      categories: label before term
    ttl                             ttl
    entries                         episodes
      id                            guid, where it is in the feed (feed-rs makes one where there is
                                    none)
      published, else updated       published
      content.body, summary         notes_html or summary, as text
      media.content                 enclosures: url, type, size (0 is unknown)
      media.duration                duration
"""

import glob
import os
import re

import suite


def names_of(thing):
    """Of RSS's authors it keeps mail and name together, as mail of one named "author"."""
    return [re.sub(r".*\((.*)\)", r"\1", author["email"]) if author["name"] == "author"
            else author["name"] for author in thing["authors"]]


def link_of(thing):
    for link in thing["links"]:
        if link["rel"] in (None, "alternate") and link["media_type"] in (None, "text/html"):
            return link["href"]
    return None


def content_of(text):
    return text["content"] if text else None


def media(entry):
    contents = [one for group in entry["media"] for one in group["content"]]
    return [{"url": one["url"], "type": one["content_type"], "length": one["size"] or None}
            for one in contents if one["url"]]


def duration(entry):
    lengths = [group["duration"]["secs"] for group in entry["media"] if group["duration"]]
    return lengths[0] if lengths else None


def episode(entry, source):
    body = entry["content"]["body"] if entry["content"] else None
    return {
        "title": content_of(entry["title"]),
        "guid": entry["id"] if entry["id"] in source else None,
        "link": link_of(entry),
        "published": entry["published"] or entry["updated"],
        "author": names_of(entry),
        "text": body or content_of(entry["summary"]),
        "enclosures": media(entry),
        "duration": duration(entry),
    }


def show(want, path):
    with open(path, "rb") as file:
        source = file.read().decode("utf-8", "replace")
    image = want["logo"] or want["icon"]
    return {
        "title": content_of(want["title"]),
        "text": content_of(want["description"]),
        "link": link_of(want),
        "language": want["language"],
        "image": image["uri"] if image else None,
        "author": names_of(want),
        "categories": [one["label"] or one["term"] for one in want["categories"]],
        "ttl": want["ttl"],
        "episodes": [episode(entry, source) for entry in want["entries"]],
    }


feeds = glob.glob(os.path.join(suite.folder("feed-rs"), "*", "*.xml"))
pairs = [(feed, feed[:-4] + ".serde.json") for feed in feeds]
suite.hold("feed-rs", 95, [pair for pair in pairs if os.path.exists(pair[1])], show)
