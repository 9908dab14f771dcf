# SPDX-License-Identifier: GPL-3.0-or-later
#
# What ./check --long adds. Sourced by ./check: $top, run_tests, quietly and the counters are there.

# one TITLE COMMAND...: a check that counts as one test.
one() {
    title=$1
    shift
    printf '== %s\n' "$title"
    if quietly "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'failed: %s\n' "$title"
    fi
}

# Unit tests under valgrind: what ASan does not see (uninitialised reads).
for test in $(make -s -C "$top/build" list-tests); do
    case $test in
    tests/unit/*)
        one "valgrind $test" env SHARED= HARK_AO=null G_SLICE=always-malloc G_DEBUG=gc-friendly \
            G_TEST_SRCDIR="$top/tests" G_TEST_BUILDDIR="$top/build/tests" SRCDIR="$top" \
            FIXTURE_SERVER="$top/build/tests/lib/fixture-server" \
            HARK_PLAYER="$top/build/hark-player" \
            timeout 600 valgrind -q --error-exitcode=9 "$top/build/$test"
        ;;
    esac
done

# Where threads meet, again and again under ThreadSanitizer.
for round in 1 2 3 4 5; do
    run_tests "$top/build-tsan" "ThreadSanitizer, round $round" mailbox worker reader shutdown
done

# A minute of fuzzing a target, from the corpora as seeds where they are.
if command -v clang >/dev/null; then
    configure_in "$top/build-fuzz" --enable-fuzzing CC=clang \
        --with-sanitize=address,undefined CFLAGS='-g -O1'
    targets=$(make -s -C "$top/build-fuzz" list-fuzz)
    # shellcheck disable=SC2086
    one "fuzz targets build" make_in "$top/build-fuzz" $targets
    for target in $targets; do
        mkdir -p "$top/build-fuzz/found"
        words=$top/tests/fuzz/${target##*fuzz-}.dict
        [ -e "$words" ] || words=
        one "a minute of $target" env SHARED="$top/../shared" "$top/build-fuzz/$target" \
            ${words:+"-dict=$words"} -max_total_time=60 -timeout=10 -rss_limit_mb=2048 \
            -artifact_prefix="$top/build-fuzz/found/"
    done
fi

one "make distcheck" make -C "$top/build" distcheck
