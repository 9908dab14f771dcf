# SPDX-License-Identifier: GPL-3.0-or-later
"""feedparser's suite: what each file expects, as check_feedparser.py beside the project reads it.
That program tells which expectations are about what a podcast client keeps, and whether the others
at least end in time and by themselves."""

import json
import os
import shlex
import subprocess
import sys
import tempfile

import suite

CHECKER = os.path.join(os.environ.get("SHARED", ""), "tools", "check_feedparser.py")

feeds = suite.folder("feedparser")
if not os.path.exists(CHECKER):
    suite.skip("no check_feedparser.py beside the project")
command = f"{shlex.quote(suite.HARK)} parse --json --base {{base}} " \
    "--content-type {content_type} {file}"
with tempfile.NamedTemporaryFile() as results:
    subprocess.run([sys.executable, CHECKER, "--cmd", command, "--robust", "--timeout", "60",
                    "--json", results.name, feeds], stdout=subprocess.DEVNULL)
    found = json.load(results)
count = {kind: sum(one["result"] == kind for one in found) for kind in ("ROBUST", "SKIP")}
crashed = [one for one in found if one["result"] == "CRASH"]

report = suite.Report("feedparser", 97)
for one in found:
    if one["result"] in ("PASS", "FAIL", "CRASH"):
        report.file(one["test"], {} if one["result"] == "PASS" else {"all": one["why"]})
report.end(f"{len(crashed)} of {len(found)} crash or do not end; {count['ROBUST']} have nothing to "
           f"compare, {count['SKIP']} ask for what parse --json does not give",
           [("none crashes or does not end", [f"{one['test']}: {one['why']}" for one in crashed])])
