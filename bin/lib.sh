# Read by the scripts beside it: finds the Postgres programs where src/local/find.rs looks, in the same order.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# Postgres 14 or newer, with what it takes to make and run a cluster.
is_postgres() {
    [ -x "$1/postgres" ] && [ -x "$1/initdb" ] && [ -x "$1/pg_ctl" ] || return 1
    version=$("$1/postgres" --version 2>/dev/null | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
    [ "${version:-0}" -ge 14 ]
}

postgres_folders() {
    pg_config --bindir 2>/dev/null
    printf '%s\n' "$PATH" | tr ':' '\n'
    for folder in /usr/lib/postgresql/*/bin /usr/lib64/postgresql/*/bin /usr/libexec/postgresql*/ /usr/pgsql-*/bin \
        /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin /home/linuxbrew/.linuxbrew/opt/postgresql*/bin \
        /Applications/Postgres.app/Contents/Versions/*/bin /Library/PostgreSQL/*/bin /opt/local/lib/postgresql*/bin
    do
        [ -d "$folder" ] && printf '%s\n' "$folder"
    done | sort -r
}

# Prints the folder of the programs; fails when there is none.
find_postgres() {
    if [ -n "${EVENHAND_PG_BIN:-}" ]; then
        is_postgres "$EVENHAND_PG_BIN" && printf '%s\n' "$EVENHAND_PG_BIN"
        return
    fi
    postgres_folders | while IFS= read -r folder; do
        if is_postgres "$folder"; then
            printf '%s\n' "${folder%/}"
            break
        fi
    done | grep .
}

# Postgres refuses to run as root: root hands it to the user the system keeps for it.
postgres_user() {
    [ "$(id -u)" = 0 ] || { id -un; return; }
    for user in postgres nobody; do
        id "$user" >/dev/null 2>&1 && { printf '%s\n' "$user"; return; }
    done
    fail "Postgres cannot run as root, and this system has neither a user 'postgres' nor 'nobody'. Run this as an ordinary user."
}

as_postgres_user() {
    if [ "$(id -u)" != 0 ]; then
        "$@"
    elif command -v setpriv >/dev/null 2>&1; then
        setpriv --reuid "$(postgres_user)" --regid "$(id -g "$(postgres_user)")" --clear-groups "$@"
    else
        quoted=
        for word; do quoted="$quoted '$(printf '%s' "$word" | sed "s/'/'\\\\''/g")'"; done
        su -s /bin/sh "$(postgres_user)" -c "$quoted"
    fi
}
