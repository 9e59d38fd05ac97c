# What a bare Debian or Ubuntu with the .NET 10 SDK lacks, and the Release build. Sourced by ./altar and ./check.sh.
# Everything is said on stderr, so that stdout stays the program's own. Needs: bash, coreutils, findutils, util-linux.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cli="$root/src/Altar.Cli/bin/Release/net10.0/Altar.Cli.dll"

say() { printf 'altar: %s\n' "$*" >&2; }

# A line for each library: its soname, and the package that brings it. libOpenCvSharpExtern.so needs the first four
# (libgtk-3-0 brings Pango, Cairo, GLib and X11 along), libusearch_c.so the fifth, the .NET SDK the last. 'altar doctor' gives the same names.
native_libraries='libgtk-3.so.0 libgtk-3-0
libdrm.so.2 libdrm2
libatomic.so.1 libatomic1
libstdc++.so.6 libstdc++6
libgomp.so.1 libgomp1
libssl.so. libssl3'

missing_packages() {
    local known soname package
    known=$(/sbin/ldconfig -p 2>/dev/null || ldconfig -p)
    while read -r soname package; do
        [[ $known == *"$soname"* ]] || printf '%s\n' "$package"
    done <<<"$native_libraries"
    # The reports bring a Latin font; class names in other letters need one of the system.
    [ -n "$(find /usr/share/fonts /usr/local/share/fonts ~/.fonts ~/.local/share/fonts \( -name '*.ttf' -o -name '*.otf' \) -print -quit 2>/dev/null)" ] ||
        printf 'fonts-dejavu-core\n'
    # Packages come over TLS.
    [ -e /etc/ssl/certs/ca-certificates.crt ] || [ -n "${SSL_CERT_FILE:-}" ] || printf 'ca-certificates\n'
}

# Debian 13 and Ubuntu 24.04 renamed packages when time_t grew.
present_name() { if apt-cache show "${1}t64" >/dev/null 2>&1; then echo "${1}t64"; else echo "$1"; fi; }

install_missing() {
    local wanted names=() name as=()
    wanted=$(missing_packages)
    [ -n "$wanted" ] || return 0
    wanted=$(tr '\n' ' ' <<<"$wanted")
    if ! command -v apt-get >/dev/null; then
        say "this machine lacks what these Debian packages bring: $wanted"
        say "install them with your distribution's package manager (Fedora, RHEL: sudo dnf install gtk3 libdrm libatomic dejavu-sans-fonts), then start again."
        return 1
    fi
    if [ "$(id -u)" != 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as=(sudo -n)
        else
            for name in $wanted; do names+=("$(present_name "$name")"); done
            say "this machine lacks system libraries. Type this, then start again:"
            say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names[*]}"
            return 1
        fi
    fi
    say "installing $wanted(once)"
    "${as[@]}" apt-get update -q >&2 || say "apt-get update failed; trying with the lists that are here"
    for name in $wanted; do names+=("$(present_name "$name")"); done
    "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${names[@]}" >&2 ||
        { say "apt-get could not install ${names[*]}; its message is above."; return 1; }
}

find_dotnet() {
    local folder
    for folder in "${DOTNET_ROOT:-}" ~/.dotnet /usr/share/dotnet /usr/lib/dotnet; do
        command -v dotnet >/dev/null && break
        [ -x "$folder/dotnet" ] && PATH="$folder:$PATH"
    done
    # Without ICU .NET refuses to start, unless told that it is not needed: nothing here is culture-dependent.
    [[ $(/sbin/ldconfig -p 2>/dev/null) == *libicuuc.so* ]] || export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
    export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
    if ! command -v dotnet >/dev/null; then
        say "the .NET 10 SDK is missing. Debian and Ubuntu: https://learn.microsoft.com/dotnet/core/install/linux (package dotnet-sdk-10.0), or without root:"
        say "  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
        return 1
    fi
}

require_sdk() {
    dotnet --list-sdks 2>/dev/null | grep -q '^1[0-9]\.' && return 0
    say "there is a dotnet ($(command -v dotnet)), but no SDK of version 10 or later. Debian and Ubuntu: package dotnet-sdk-10.0, or without root:"
    say "  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0"
    return 1
}

# No server stays behind: it would hold the caller's pipe open, and the lock.
dotnet_build() {
    (cd "$root" && MSBUILDDISABLENODEREUSE=1 dotnet build -c Release -nodeReuse:false -p:UseSharedCompilation=false "$@" </dev/null)
}

# Names, sizes and times of everything the program is built from: a change, a checkout and a deletion all show.
fingerprint() {
    find "$root"/src "$root"/recipes/transfer.yaml "$root"/Directory.* "$root"/global.json "$root"/.editorconfig "$root"/BannedSymbols.txt \
        \( -name bin -o -name obj \) -prune -o -type f -printf '%p %s %T@\n' | LC_ALL=C sort | md5sum
}

is_built() { [ -e "$cli" ] && [ "$(cat "$cli.built-from" 2>/dev/null)" = "$(fingerprint)" ]; }

build_once() {
    is_built && return 0
    require_sdk || return 1
    say "building (once; again after a change)"
    build_locked is_built src/Altar.Cli -v quiet
}

# Builds what the arguments say, unless the first one, a command, finds it done. Of two starts at once the second waits.
build_locked() {
    local is_done=$1 log="$root/src/Altar.Cli/obj/release-build.log" before
    shift
    mkdir -p "${log%/*}"
    (
        flock 9
        $is_done && exit 0
        before=$(fingerprint)
        # The build must not inherit the lock.
        if ! dotnet_build "$@" >"$log" 2>&1 9>&-; then
            cat "$log" >&2
            say "the build failed; the errors are above, and in $log"
            exit 1
        fi
        printf '%s\n' "$before" >"$cli.built-from"
    ) 9>"$root/src/Altar.Cli/obj/release-build.lock"
}
