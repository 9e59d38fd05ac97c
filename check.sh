#!/usr/bin/env bash
# The one command before a commit: sets up, builds everything in Release with warnings as errors, runs all tests.
# Closes with 'N passed, N failed', summed over the test projects; ends with 0 only where the build and every test passed.
set -uo pipefail
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/build/setup.sh"

find_dotnet && require_sdk && install_missing || exit 1
cd "$root"
echo "== build"
build_locked false Altar.slnx -v quiet -warnaserror || exit 1

passed=0 failed=0 skipped=0 broken=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
for project in test/*/*.csproj; do
    name=$(basename "$project" .csproj)
    echo "== $name"
    report="$results/$name.xml"
    "$root/test/$name/bin/Release/net10.0/$name" -noLogo -noColor -result-xml "$report" </dev/null
    code=$?
    if [ ! -s "$report" ]; then
        echo "$name ended with $code and left no results"
        broken=1
        continue
    fi
    # The attributes of <assembly …>, one a line, so that their order does not matter.
    count() { grep -oE '<assembly [^>]*>' "$report" | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+' | awk '{ n += $1 } END { print n + 0 }'; }
    passed=$((passed + $(count passed))) skipped=$((skipped + $(count skipped)))
    failed=$((failed + $(count failed) + $(count errors)))
    [ "$code" = 0 ] || broken=1
done

[ "$broken" = 0 ] || [ "$failed" != 0 ] || failed=1   # a test program that fell over is a failure, although it counted none
if [ "$skipped" = 0 ]; then echo "$passed passed, $failed failed"; else echo "$passed passed, $failed failed, $skipped skipped"; fi
[ "$failed" = 0 ]
