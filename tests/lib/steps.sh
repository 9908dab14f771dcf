# SPDX-License-Identifier: GPL-3.0-or-later
#
# The steps that ./run and ./check share: packages, configure, make. Sourced; $top is the tree.

say() {
    printf '%s\n' "$*" >&2
}

die() {
    say "$0: $*"
    exit 1
}

# The packages of packages.txt of the given kinds that this machine lacks.
missing_packages() {
    for package in $(awk -v kinds=" $* $(dpkg --print-architecture) " '
        !/^#/ && NF == 2 && index(kinds, " " $1 " ") { print $2 }' "$top/packages.txt"); do
        case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
        *' installed') ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

# Installs what is missing of the given kinds; quiet and offline when nothing is.
install_packages() {
    command -v dpkg-query >/dev/null || {
        say "This is no Debian: the packages in packages.txt are taken to be here."
        return 0
    }
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    say "1/3 packages (apt: $(echo "$missing" | wc -w)): $missing"
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif command -v sudo >/dev/null; then
        as_root=sudo
    else
        die "these packages are missing, and this is neither root nor is sudo here: $missing"
    fi
    apt_log=$(mktemp)
    # shellcheck disable=SC2086
    $as_root apt-get update -qq >"$apt_log" 2>&1 &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            $missing >>"$apt_log" 2>&1 </dev/null || {
        tail -n 20 "$apt_log" >&2
        rm -f "$apt_log"
        die "apt could not install: $missing"
    }
    rm -f "$apt_log"
}

# Runs a command quietly; what it said is shown where it fails.
quietly() {
    quiet_log=$(mktemp)
    "$@" >"$quiet_log" 2>&1 || {
        quiet_code=$?
        tail -n 60 "$quiet_log" >&2
        rm -f "$quiet_log"
        say "$0: this failed: $*"
        return $quiet_code
    }
    rm -f "$quiet_log"
}

# configure_in DIR [OPTION...]: makes ./configure where needed, then configures out of tree in DIR.
# Once a folder: make itself notices later changes of configure.ac and Makefile.am.
configure_in() {
    dir=$1
    shift
    if [ ! -x "$top/configure" ]; then
        (cd "$top" && quietly autoreconf -fi) || return 1
    fi
    [ -f "$dir/Makefile" ] && return 0
    [ ! -f "$top/config.status" ] ||
        die "hark was configured in its own folder, which allows no other: run make distclean first"
    mkdir -p "$dir" && (cd "$dir" && quietly "$top/configure" -q "$@")
}

# make_in DIR TARGET...
make_in() {
    dir=$1
    shift
    quietly make -s -C "$dir" -j"$(nproc)" "$@"
}
