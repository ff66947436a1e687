# A PostgreSQL server of one folder's own. It refuses to run as root, so there it runs as the package's user.
programs=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1 || true)
programs=${programs:-$(dirname "$(command -v initdb || echo /initdb)")}
[ -x "$programs/initdb" ] || { echo "PostgreSQL is not installed. Run: src/install-tools postgres" >&2; exit 1; }

as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}

# postgres_start FOLDER PORT: makes FOLDER/pg unless it is there, and serves it. The server outlives its caller, so it gets no lock that is held
# as file 9.
postgres_start() {
    local pg=$1/pg
    [ "$(id -u)" -ne 0 ] || chmod o+x "$1"
    if [ ! -d "$pg" ]; then
        mkdir "$pg"
        [ "$(id -u)" -ne 0 ] || chown postgres "$pg"
        (cd "$pg" && as_postgres "$programs/initdb" -D "$pg/data" -U medusa -A trust -E UTF8 --locale=C --no-sync --no-instructions >"$1/initdb.log" 2>&1)
    fi
    (cd "$pg" && as_postgres "$programs/pg_ctl" -D "$pg/data" -s -w -l "$pg/log" \
        -o "-c port=$2 -c listen_addresses=127.0.0.1 -c unix_socket_directories=$pg -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start 9>&-)
}

postgres_stop() {
    (cd "$1/pg" && as_postgres "$programs/pg_ctl" -D "$1/pg/data" -s -w -m "${2:-fast}" stop)
}

# Not one that is also given to connections that leave: somebody may have it before the program listens.
free_port() {
    node -e 'const look = () => { const s = require("net").createServer(); s.on("error", look).listen(20000 + Math.floor(Math.random() * 12000), "127.0.0.1", () => { console.log(s.address().port); s.close(); }); }; look()'
}
