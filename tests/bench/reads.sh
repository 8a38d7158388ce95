#!/bin/sh
# Requests a second of a stored answer against the bare server: interleaved rounds, server on core 0,
# load on core 1. reads.sh BUILD-FOLDER [ROUNDS] [SECONDS]
set -eu
build=$1 rounds=${2:-5} seconds=${3:-2}
taskset -c 0 "$build/tests/http/echo_server" 127.0.0.1:8291 >/dev/null &
ours=$!
taskset -c 0 "$build/tests/bench/bare_server" 8292 &
bare=$!
trap 'kill $ours $bare' EXIT
sleep 0.5
pipe=$(mktemp)
cat >"$pipe" <<'LUA'
init = function() local r = {} for i = 1, 16 do r[i] = wrk.format() end all = table.concat(r) end
request = function() return all end
LUA
rate() {
    taskset -c 1 wrk -t1 -c64 -d"${seconds}s" "$@" | sed -n 's/^Requests\/sec: *//p'
}
for round in $(seq "$rounds"); do
    a=$(rate http://127.0.0.1:8291/stored)
    b=$(rate http://127.0.0.1:8292/)
    c=$(rate -s "$pipe" http://127.0.0.1:8291/stored)
    d=$(rate -s "$pipe" http://127.0.0.1:8292/)
    echo "$a $b $c $d" | awk '{printf "ours %d bare %d ratio %.3f | 16 pipelined: ours %d bare %d ratio %.3f\n", $1, $2, $1/$2, $3, $4, $3/$4}'
done
rm -f "$pipe"
