# SPDX-License-Identifier: GPL-3.0-or-later
# A terminal whose cursor cannot be moved: a sentence that names what works there.
env TERM=dumb
run
expect The interface needs a terminal
expect hark shows
exit 2
restored
hark add $SRCDIR/tests/screen/library.xml
run shows
expect The Slow Lighthouse
exit 0
