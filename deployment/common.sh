# What install.sh and upgrade.sh share. Read by them, not run.
#
# DESTDIR   puts everything under a folder and touches neither users nor services: to try it out
# READY     a .venv that is ready, for a server that reaches no package index: it is linked to

DESTDIR="${DESTDIR:-}"
KEEPER=tilastot
OPT="$DESTDIR/opt/konservatoriotilastot"
VAR_FOLDER="$DESTDIR/var/lib/konservatoriotilastot"
BACKUP_FOLDER="$DESTDIR/var/backups/konservatoriotilastot"
ETC="$DESTDIR/etc/konservatoriotilastot"
SOURCE="$(cd "$(dirname "$0")/.." && pwd)"
PORT="${PORT:-8501}"

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

require_root() {
    [ -n "$DESTDIR" ] || [ "$(id -u)" = 0 ] || fail "Give it as root: sudo $0 $*"
}

# Copies this version beside the others and fills its environment. Sets VERSION to its folder.
place_version() {
    VERSION="$OPT/versions/$(date -u +%Y%m%dT%H%M%SZ)"
    mkdir -p "$OPT/versions"
    mkdir "$VERSION"
    (cd "$SOURCE" && tar -cf - --exclude=./.venv --exclude=./.git --exclude=./var \
        --exclude='__pycache__' --exclude='./.*_cache' --exclude=./.hypothesis .) \
        | tar -xf - -C "$VERSION" --no-same-owner
    chmod -R u+rwX,go+rX,go-w "$VERSION"
    if [ -n "${READY:-}" ]; then
        ln -s "$READY" "$VERSION/.venv"
    fi
    # The first command of manage.py makes the environment. Its files belong to root, so that the
    # service cannot change what it runs.
    (umask 022 && cd "$VERSION" && python3 manage.py list >/dev/null) || {
        rm -rf "$VERSION"
        fail "The environment could not be made; nothing was changed. The lines above say why."
    }
}

# The link moves in one step: whoever looks sees the one or the other version.
point_to() {
    ln -s "versions/$(basename "$1")" "$OPT/.current"
    mv -T "$OPT/.current" "$OPT/current"
}

# A command of manage.py of the version in $1, as the service's user and with its settings.
give() {
    version="$1"
    shift
    (
        set -a
        . "$ETC/environment"
        HOME="$VAR_FOLDER" PYTHONDONTWRITEBYTECODE=1 OPENBLAS_NUM_THREADS=1
        set +a
        umask 077
        cd "$version" || exit 1
        if [ -n "$DESTDIR" ]; then
            exec .venv/bin/python manage.py "$@"
        fi
        exec runuser -u "$KEEPER" -- .venv/bin/python manage.py "$@"
    )
}

services() {
    [ -n "$DESTDIR" ] || systemctl "$@"
}

place_units() {
    units="$DESTDIR/etc/systemd/system"
    mkdir -p "$units" "$DESTDIR/etc/systemd" "$DESTDIR/usr/local/sbin"
    install -m 644 "$1"/deployment/tilastot.service "$1"/deployment/tilastot-nightly.service \
        "$1"/deployment/tilastot-nightly.timer "$units/"
    install -m 644 "$1/deployment/journald@tilastot.conf" "$DESTDIR/etc/systemd/"
    install -m 755 "$1/deployment/tilastot" "$DESTDIR/usr/local/sbin/tilastot"
    services daemon-reload
}
