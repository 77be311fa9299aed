#!/usr/bin/env bash
# Measures Kingfisher and Exuvia on the same NDJSON file, in one run: tools/compare.sh FILE [EXUVIA]
#
# Kingfisher reads the file cut into pieces of 1 MB, Exuvia those and the file as a whole. Neither uses the network:
# Kingfisher's validation and update check are off. Each is run RUNS times (3) after one run that fills the caches, its
# compiled rules among them; the run with the least CPU time counts. A CPU-second is user and system time of all threads;
# "net" is without what a start costs that reads next to nothing.
set -euo pipefail

fail() { echo "compare.sh: $1" >&2; exit 2; }

[ $# -ge 1 ] && [ -r "$1" ] || fail "usage: tools/compare.sh FILE.ndjson [EXUVIA]"
file=$(realpath "$1")
exuvia=$(realpath "${2:-$(dirname "$0")/../.build/release/exuvia}")
[ -x "$exuvia" ] || fail "$exuvia is missing: run make build, or name the program"
[ -x /usr/bin/time ] || fail "/usr/bin/time is missing: install the package time"
runs=${RUNS:-3}
export EXUVIA_PATTERNS=${EXUVIA_PATTERNS:-$(realpath "$(dirname "$0")/../patterns")}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME=$work/home EXUVIA_CONFIG=$work/exuvia.yml
mkdir -p "$HOME" "$work/pieces"
touch "$EXUVIA_CONFIG"
cp "$file" "$work/whole.ndjson"
split -C 1000000 -a 5 -d --additional-suffix=.ndjson "$file" "$work/pieces/"
bytes=$(stat -c %s "$file")

kingfisher=$(command -v kingfisher || true)
if [ -z "$kingfisher" ]; then
  python3 -m venv "$work/venv" && "$work/venv/bin/pip" install --quiet kingfisher-bin \
    || fail "kingfisher-bin cannot be installed from PyPI"
  kingfisher=$work/venv/bin/kingfisher
fi

# measure NAME COMMAND…: one line of the table, and its CPU time in cpu[NAME]. Both programs say by their exit code that
# something was found. What a start costs alone is known by the name "START …".
declare -A cpu
measure() {
  local name=$1 start=${cpu["START ${1%% *}"]:-} best code run; shift
  "$@" >"$work/out" 2>"$work/err" || true
  for ((run = 0; run < runs; run++)); do
    /usr/bin/time -q -o "$work/time.$run" -f '%U %S %e %M %x' "$@" >"$work/out" 2>"$work/err" || true
  done
  best=$(cat "$work"/time.* | awk '{ print $1 + $2, $3, $4, $5 }' | sort -n | head -1)
  rm "$work"/time.*
  read -r cpu["$name"] _ _ code <<<"$best"
  case $code in 0 | 1 | 200 | 205) ;; *) cat "$work/err" >&2; fail "$name ended with code $code" ;; esac
  awk -v name="$name" -v bytes="$bytes" -v start="$start" '{
    rate = start == "" ? "" : sprintf("%.1f", bytes / 1e6 / ($1 + 1e-6))
    net = start == "" || $1 - start < 0.1 ? "" : sprintf("%.1f", bytes / 1e6 / ($1 - start))
    printf "%-30s %9s %9s %9.2f %9.2f %9.0f\n", name, rate, net, $1, $2, $3 / 1024
  }' <<<"$best"
}

quiet=(--no-validate --no-update-check --format jsonl)
once=(check --exit-zero --format jsonl)

echo "$(basename "$file"): $((bytes / 1000)) kB in $(find "$work/pieces" -type f | wc -l) pieces;" \
  "$("$kingfisher" --version | head -1); $(nproc) cores; best of $runs"
printf '%-30s %9s %9s %9s %9s %9s\n' '' MB/CPU-s net CPU-s wall-s MiB
measure 'START kingfisher' "$kingfisher" scan "$EXUVIA_CONFIG" "${quiet[@]}"
measure 'kingfisher' "$kingfisher" scan "$work/pieces" "${quiet[@]}"
measure 'kingfisher --jobs 1' "$kingfisher" scan "$work/pieces" "${quiet[@]}" --jobs 1
measure 'kingfisher --no-base64' "$kingfisher" scan "$work/pieces" "${quiet[@]}" --no-base64
measure 'kingfisher --turbo' "$kingfisher" scan "$work/pieces" "${quiet[@]}" --turbo
measure 'kingfisher --no-rule-cache' "$kingfisher" scan "$work/pieces" "${quiet[@]}" --no-rule-cache
measure 'START exuvia' "$exuvia" "${once[@]}" "$EXUVIA_CONFIG"
measure 'exuvia on the pieces' "$exuvia" "${once[@]}" "$work"/pieces/*
measure 'exuvia on the whole' "$exuvia" "${once[@]}" "$work/whole.ndjson"
awk -v a="${cpu[kingfisher]}" -v b="${cpu[exuvia on the pieces]}" \
  'BEGIN { printf "Exuvia takes %.2f of the CPU time that Kingfisher takes: %.1f times its throughput.\n", b / a, a / b }'
