#!/bin/sh
# Puts this version in place of the one in use: backs up first, migrates, checks, starts; returns by
# itself if anything goes wrong. Given in the folder of the new version:
#
#     sudo deployment/upgrade.sh
#     sudo deployment/upgrade.sh --back      # to the version of before, and to its data
set -eu
. "$(dirname "$0")/common.sh"
require_root "$@"
[ -e "$OPT/current" ] || fail "Nothing is installed yet: deployment/install.sh NAME"

# The older version reads what was saved from before the upgrade.
go_back() {
    [ -e "$OPT/previous" ] || fail "There is no older version to return to."
    older="$(readlink -f "$OPT/previous")"
    services stop tilastot
    # What is kept now, whatever its schema, is saved first: before-….zip.
    if [ "${1:-}" = with-data ]; then
        give "$older" upgrade --back || fail "The backup could not be restored; the service is stopped. The lines above say why."
    fi
    point_to "$older"
    rm -f "$OPT/previous"
    place_units "$older"
    services start tilastot
}

# A minute for the service to answer on this machine.
is_up() {
    [ -z "$DESTDIR" ] || return 0
    for _ in $(seq 60); do
        python3 - "$PORT" <<'END' 2>/dev/null && return 0
import sys, urllib.request
urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/health", timeout=5)
END
        sleep 1
    done
    return 1
}

if [ "${1:-}" = --back ]; then
    go_back with-data
    say "The version of before is in use, with what was kept then."
    exit 0
fi

older="$(readlink -f "$OPT/current")"
say "The new version and its environment, while the old one goes on …"
place_version
services stop tilastot
ln -sfn "versions/$(basename "$older")" "$OPT/previous"
say "Backup, migration, check …"
if ! give "$VERSION" upgrade; then
    say "It did not succeed; back to the version of before …" >&2
    # Without a backup nothing was changed yet.
    newest="$(ls -t "$BACKUP_FOLDER"/upgrade-*.zip 2>/dev/null | head -n 1)"
    if [ -n "$newest" ] && [ "$newest" -nt "$VERSION" ]; then go_back with-data; else go_back; fi
    rm -rf "$VERSION"
    exit 1
fi
point_to "$VERSION"
place_units "$VERSION"
services start tilastot
if ! is_up; then
    say "The new version does not answer; back to the version of before …" >&2
    go_back with-data
    rm -rf "$VERSION"
    exit 1
fi
for one in "$OPT"/versions/*; do
    case "$one" in "$(readlink -f "$VERSION")" | "$older") ;; *) rm -rf "$one" ;; esac
done
say "The new version is in use. To return: sudo $OPT/current/deployment/upgrade.sh --back"
