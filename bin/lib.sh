# Read by the scripts beside it: finds what they need, and installs what is missing.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

need_cargo() {
    PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
    has cargo || fail "Rust is needed, and cargo was not found. https://rustup.rs says how to install it."
}

# Rust links with the system's C compiler.
need_compiler() {
    has cc && return
    say "No C compiler was found, and Rust needs one to link. Installing gcc."
    install_packages 'gcc libc6-dev' gcc gcc || fail "A C compiler could not be installed. Install gcc and try again."
}

need_postgres() {
    [ -z "${DATABASE_URL:-}" ] || return 0
    find_postgres >/dev/null && return
    [ -z "${EVENHAND_PG_BIN:-}" ] || fail "EVENHAND_PG_BIN is $EVENHAND_PG_BIN, which does not hold the programs of Postgres 14 or newer."
    say "No Postgres programs (14 or newer) were found. Installing them."
    install_packages postgresql 'postgresql-server postgresql' postgresql && find_postgres >/dev/null ||
        fail "Postgres could not be installed. Install version 14 or newer, or run \`docker compose up\`, or set DATABASE_URL."
}

# Installs with whatever this system has: packages of apt-get, of dnf, of brew.
install_packages() {
    if has apt-get; then
        as_admin apt-get update || say "The list of packages could not be brought up to date; going on with the one that is there."
        as_admin env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $1
    elif has dnf; then
        as_admin dnf install -y $2
    elif has brew; then
        say "+ brew install $3"
        brew install $3
    else
        say "None of apt-get, dnf and brew was found."
        return 1
    fi
}

as_admin() {
    [ "$(id -u)" = 0 ] || set -- sudo "$@"
    has "$1" || { say "This needs root: $*"; return 1; }
    say "+ $*"
    "$@" >&2
}

# Postgres 14 or newer, with what it takes to make and run a cluster.
is_postgres() {
    [ -x "$1/postgres" ] && [ -x "$1/initdb" ] && [ -x "$1/pg_ctl" ] || return 1
    version=$("$1/postgres" --version 2>/dev/null | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
    [ "${version:-0}" -ge 14 ]
}

# The folders that src/local/find.rs knows, in its order.
postgres_folders() {
    pg_config --bindir 2>/dev/null
    printf '%s\n' "$PATH" | tr ':' '\n'
    for folder in /usr/lib/postgresql/*/bin /usr/lib64/postgresql/*/bin /usr/libexec/postgresql* /usr/pgsql-*/bin \
        /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin /home/linuxbrew/.linuxbrew/opt/postgresql*/bin \
        /Applications/Postgres.app/Contents/Versions/*/bin /Library/PostgreSQL/*/bin /opt/local/lib/postgresql*/bin \
        /usr/local/pgsql*/bin
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
            printf '%s\n' "$folder"
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

# From the top folder, because that user may not be able to stand where we do. So paths must be whole.
as_postgres_user() (
    cd /
    if [ "$(id -u)" != 0 ]; then
        "$@"
    elif has setpriv; then
        setpriv --reuid "$(postgres_user)" --regid "$(id -g "$(postgres_user)")" --clear-groups "$@"
    else
        quoted=
        for word; do quoted="$quoted '$(printf '%s' "$word" | sed "s/'/'\\\\''/g")'"; done
        su -s /bin/sh "$(postgres_user)" -c "$quoted"
    fi
)
