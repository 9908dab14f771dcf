# SPDX-License-Identifier: GPL-3.0-or-later
"""Each header compiles alone, in any place of a list of includes."""

import concurrent.futures
import os
import shlex
import subprocess

import house


def complaints(path):
    # Included twice, so that a missing guard is seen as well.
    source = f'#include "{path[len("src/"):]}"\n' * 2
    command = shlex.split(os.environ["HARK_COMPILE"])
    run = subprocess.run(command + ["-fsyntax-only", "-x", "c", "-"], input=source, text=True,
                         capture_output=True)
    return run.stderr.strip().split("\n") if run.returncode else []


headers = house.files("src", ".h")
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    house.report(list(zip(headers, pool.map(complaints, headers))))
