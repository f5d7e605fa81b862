#!/bin/sh
# Installs the service on Debian 12, Ubuntu 24.04 or newer: its user, folders, environment, a secret,
# units and the proxy's settings. May be given again: nothing that is kept is changed.
#
#     sudo deployment/install.sh tilastot.example.fi
set -eu
. "$(dirname "$0")/common.sh"

NAME="${1:-}"
printf '%s' "$NAME" | grep -Eq '^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}$' \
    || fail "Name the address of the service: $0 tilastot.example.fi"
require_root "$@"

if [ -z "$DESTDIR" ]; then
    command -v apt-get >/dev/null || fail "This is for Debian and Ubuntu; docs/deployment.md tells what to do elsewhere."
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3 python3-venv ca-certificates >/dev/null \
        || fail "Python could not be installed. Give first: sudo apt-get update"
    command -v chromium >/dev/null || command -v google-chrome >/dev/null \
        || DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null 2>&1 \
        || say "Chromium could not be installed: no PDF, and pictures come from the visitors' browsers."
    id "$KEEPER" >/dev/null 2>&1 || useradd --system --home-dir "$VAR_FOLDER" --no-create-home \
        --shell /usr/sbin/nologin "$KEEPER"
fi
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
    || fail "Python 3.11 or newer is needed."

say "Folders …"
mkdir -p "$OPT/versions" "$ETC" "$VAR_FOLDER" "$BACKUP_FOLDER"
chmod 755 "$OPT" "$OPT/versions"
chmod 700 "$ETC" "$VAR_FOLDER" "$BACKUP_FOLDER"
[ -n "$DESTDIR" ] || chown "$KEEPER:$KEEPER" "$VAR_FOLDER" "$BACKUP_FOLDER"

if [ ! -e "$ETC/environment" ]; then
    say "Settings, with a secret of their own …"
    secret="$(python3 -c 'import secrets; print(secrets.token_hex(32))')"
    (
        umask 077
        sed -e "s|^ADDRESS=.*|ADDRESS=\"https://$NAME\"|" -e "s|^SECRET=.*|SECRET=\"$secret\"|" \
            -e "s|^VAR=.*|VAR=\"$VAR_FOLDER\"|" -e "s|^BACKUPS=.*|BACKUPS=\"$BACKUP_FOLDER\"|" \
            "$SOURCE/deployment/environment.example" >"$ETC/environment"
    )
fi
chmod 600 "$ETC/environment"

if [ -e "$OPT/current" ]; then
    say "A version is installed already; deployment/upgrade.sh puts a newer one in its place."
    VERSION="$OPT/current"
else
    say "The product and its environment; this takes a minute or two …"
    place_version
    point_to "$VERSION"
fi
place_units "$VERSION"
give "$OPT/current" migrate || fail "The databases could not be made; the lines above say why."

sites="$DESTDIR/etc/nginx/sites-available"
if [ ! -e "$sites/tilastot" ]; then
    mkdir -p "$sites"
    sed "s/tilastot\.example\.fi/$NAME/g" "$SOURCE/deployment/nginx.conf" >"$sites/tilastot"
fi
services enable --now tilastot-nightly.timer

say "Installed. What is left (docs/deployment.md):"
say "  1. sudo tilastot account first E-MAIL --name NAME"
say "  2. sudo systemctl enable --now tilastot"
say "  3. a certificate, and nginx or Caddy before the service"
say "  4. sudo tilastot check-server"
