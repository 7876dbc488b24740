#!/bin/sh
# Installs the Wasp front end, the `wasp` command, for this user. docs/install.md tells what goes where.
# POSIX sh. Nothing runs before the last line is complete, so a download that was cut off does nothing.

set -u

# Where releases are published, unless WASP_INSTALL_BASE_URL names another place.
DEFAULT_BASE_URL=https://wasp-lang.github.io/wasp-front-end
# Install reports: the receiver and Wasp's public write key, as in src/protocol/report.ts; the longest time one may take.
DEFAULT_TELEMETRY_URL=https://app.posthog.com/capture
DEFAULT_TELEMETRY_API_KEY=CdDd2A0jKTI2vFAsrI9JWm3MqpOcgHz1bMyogAcwsE4
TELEMETRY_SECONDS=5
INSTALL_REAL_WASP='npm i -g @wasp.sh/wasp-cli@latest'

main() {
    action=install version='' bin_dir='' purge=no
    read_arguments "$@"
    [ -n "$bin_dir" ] || bin_dir=$(default_bin_dir) || exit 1
    wasp=$bin_dir/wasp
    case $action in
    install) install ;;
    uninstall) uninstall ;;
    esac
}

install() {
    platform=$(find_platform) || exit 1
    base_url=$(find_base_url) || exit 1
    find_downloader
    find_sha256 >/dev/null
    old_version=$(version_at "$wasp") || refuse_to_replace
    send_report
    make_work_dir
    [ -n "$version" ] || version=$(find_latest_version) || exit 1
    download
    unpack
    try_to_start
    put_in_place
    find_real_wasp
    hint_at_path
}

usage() {
    cat <<END
Installs the Wasp front end, the \`wasp\` command, for this user.

Usage: install.sh [options]

  --version X      install version X instead of the newest
  --bin-dir DIR    put \`wasp\` into DIR instead of ~/.wasp/bin
  --uninstall      remove \`wasp\`, keep the settings and the telemetry state
  --purge          with --uninstall: remove those too
  --help           print this help

Environment:
  WASP_INSTALL_BASE_URL    where releases are: https, http on this machine, or file:///folder
                           (default: $DEFAULT_BASE_URL)
  WASP_TELEMETRY_DISABLE   set to anything: send no install report
  DO_NOT_TRACK             the same, unless it is empty, 0 or false
END
}

read_arguments() {
    while [ $# -gt 0 ]; do
        case $1 in
        --version=* | --bin-dir=*)
            option=${1%%=*} value=${1#*=}
            shift
            set -- "$option" "$value" "$@"
            continue
            ;;
        --version | --bin-dir)
            case ${2-} in
            '') usage_error "$1 needs a value" ;;
            -*) usage_error "$1 needs a value, and $2 looks like an option" ;;
            esac
            if [ "$1" = --version ]; then version=${2#v}; else bin_dir=$2; fi
            shift
            ;;
        --uninstall) action=uninstall ;;
        --purge) purge=yes ;;
        --help | -h)
            usage
            exit 0
            ;;
        *) usage_error "unknown option: $1" ;;
        esac
        shift
    done
    case $version in
    *[!0-9A-Za-z.+-]*) usage_error "--version needs a version such as 1.2.3, and it is: $version" ;;
    esac
    [ "$purge" = no ] || [ "$action" = uninstall ] || usage_error "--purge goes with --uninstall"
    case $bin_dir in
    '' | /*) ;;
    *) bin_dir=$PWD/$bin_dir ;;
    esac
}

default_bin_dir() {
    [ -n "${HOME-}" ] || fail "HOME is not set. Name a folder with --bin-dir."
    say "$HOME/.wasp/bin"
}

say() { printf '%s\n' "$*"; }

warn() { printf 'install.sh: %s\n' "$*" >&2; }

fail() {
    warn "$*"
    exit 1
}

usage_error() {
    warn "$*"
    warn "Try: install.sh --help"
    exit 2
}

has() { command -v "$1" >/dev/null 2>&1; }


# Prints the platform as archives name it.
find_platform() {
    kernel=$(uname -s) machine=$(uname -m)
    case $kernel in
    Linux) os=linux ;;
    Darwin) os=darwin ;;
    *) fail "There is no build for the operating system $kernel, only for Linux and macOS. On Windows, use WSL." ;;
    esac
    # Under Rosetta an Apple silicon Mac calls itself x86_64.
    if [ "$kernel" = Darwin ] && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null)" = 1 ]; then machine=arm64; fi
    case $machine in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) fail "There is no build for the processor $machine, only for x86_64 and arm64." ;;
    esac
    say "$os-$arch"
}

# Prints where releases are, without a slash at the end.
find_base_url() {
    url=${WASP_INSTALL_BASE_URL:-$DEFAULT_BASE_URL}
    case $url in
    file:/*) ;;
    *) is_safe_url "$url" || fail "WASP_INSTALL_BASE_URL must be https, http on this machine, or file:///folder, and it is: $url" ;;
    esac
    say "${url%/}"
}

# https, or http to this machine.
is_safe_url() {
    case $1 in
    https://?*) return 0 ;;
    http://*) ;;
    *) return 1 ;;
    esac
    host=${1#http://}
    host=${host%%[/?#]*}
    case $host in
    *@*) return 1 ;;
    localhost | localhost:* | '[::1]' | '[::1]':*) return 0 ;;
    127.*) ;;
    *) return 1 ;;
    esac
    # Digits only: 127.0.0.1.example.com is somewhere else.
    case ${host%:*} in
    *[!0-9.]*) return 1 ;;
    esac
}

# Sets $downloader. A folder needs none.
find_downloader() {
    downloader=none
    if has curl; then
        downloader=curl
    elif has wget; then
        downloader=wget
        # BusyBox's knows few options.
        case $(wget --version 2>/dev/null) in *GNU*) downloader=gnu-wget ;; esac
    fi
    case $downloader$base_url in
    none'file:'*) ;;
    none*) fail "Neither curl nor wget is installed, and one of them has to fetch Wasp. Install curl and try again." ;;
    esac
}

# Prints the command that prints SHA-256 sums.
find_sha256() {
    if has sha256sum; then
        say sha256sum
    elif has shasum; then
        say shasum -a 256
    elif has openssl; then
        say openssl dgst -sha256 -r
    else
        fail "Nothing here can check the download: sha256sum, shasum or openssl is needed. Install one and try again."
    fi
}


# Sends the event "install-script:run" in the background: a new random number and the system, and nothing else.
send_report() {
    wants_no_report && return
    telemetry_url=${WASP_TELEMETRY_URL:-$DEFAULT_TELEMETRY_URL}
    is_safe_url "$telemetry_url" || return 0
    [ "$downloader" != none ] || return 0
    system=${platform%-*}
    [ "$system" != darwin ] || system=osx
    say "Counting this install: a random number and \"$system\" go to ${telemetry_url%%\?*}. WASP_TELEMETRY_DISABLE=1 turns this off."
    api_key=$(printf '%s' "${WASP_TELEMETRY_API_KEY:-$DEFAULT_TELEMETRY_API_KEY}" | sed 's/[\\"]/\\&/g')
    report=$(printf '{"api_key":"%s","event":"install-script:run","properties":{"distinct_id":"%s","os":"%s"}}' \
        "$api_key" "$(random_digits)" "$system")
    # Whoever reads our output would otherwise wait for the end of these, too.
    {
        post_report &
        post=$!
        {
            sleep "$TELEMETRY_SECONDS"
            kill "$post"
        } &
        alarm=$!
        wait "$post"
        kill "$alarm"
    } </dev/null >/dev/null 2>&1 &
}

# The environment says no, or `wasp telemetry disable` has, or what it wrote can't be understood.
wants_no_report() {
    [ -z "${WASP_TELEMETRY_DISABLE+set}" ] || return 0
    case ${DO_NOT_TRACK-} in
    '' | 0 | false) ;;
    *) return 0 ;;
    esac
    choice=$(config_dir)/telemetry.json
    [ -e "$choice" ] && ! grep -q '"enabled" *: *true' "$choice" 2>/dev/null
}

# Becomes the downloader, so that the alarm can end it.
post_report() {
    type='Content-Type: application/json'
    case $downloader in
    curl) exec curl -s -H "$type" -d "$report" "$telemetry_url" ;;
    gnu-wget) exec wget -q -O - --tries=1 --max-redirect=0 --header="$type" --post-data="$report" "$telemetry_url" ;;
    wget) exec wget -q -O - --header "$type" --post-data "$report" "$telemetry_url" ;;
    esac
}

# New ones each time, in the same second too.
random_digits() {
    digits=$(od -An -N16 -tu4 /dev/urandom 2>/dev/null | tr -dc 0-9)
    [ -n "$digits" ] || digits=$$$(date +%s)
    say "$digits"
}


# A folder beside the target, so that the last step is a rename.
make_work_dir() {
    reason=$(mkdir -p "$bin_dir" 2>&1) || fail "The folder $bin_dir can't be made: $reason. Name another with --bin-dir."
    work_dir=$(mktemp -d "$bin_dir/.wasp-install.XXXXXX" 2>&1) ||
        fail "The folder $bin_dir can't be written to: $work_dir. Name another with --bin-dir."
    trap 'rm -rf "$work_dir"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

find_latest_version() {
    fetch latest.json || fail "$base_url/latest.json can't be fetched: $(fetch_error)"
    latest=$(sed -n 's/^ *"version": *"\([0-9A-Za-z.+-]*\)".*/\1/p' "$work_dir/latest.json")
    [ -n "$latest" ] || fail "$base_url/latest.json names no version. Is that where Wasp's releases are?"
    say "$latest"
}

# Fetches this platform's archive of $version, the smaller kind if it can be unpacked, and checks it. Sets $archive.
download() {
    if ! fetch "v$version/SHA256SUMS"; then
        ! is_not_found || fail "There is no version $version at $base_url."
        fail "$base_url/v$version/SHA256SUMS can't be fetched: $(fetch_error)"
    fi
    for format in tar.xz tar.gz; do
        [ "$format" != tar.xz ] || has xz || continue
        archive=wasp-$version-$platform.$format
        expected=$(sed -n "s/^\([0-9a-f]\{64\}\)  $archive\$/\1/p" "$work_dir/SHA256SUMS")
        [ -z "$expected" ] || break
    done
    [ -n "$expected" ] || fail "Version $version has no build for $platform at $base_url."
    say "Fetching Wasp's front end $version for $platform."
    fetch "v$version/$archive" || fail "$base_url/v$version/$archive can't be fetched: $(fetch_error)"
    sha256=$(find_sha256)
    # Unquoted: a command and its options.
    # shellcheck disable=SC2086
    actual=$($sha256 <"$work_dir/$archive")
    actual=${actual%% *}
    [ "$actual" = "$expected" ] || fail "The checksum of $archive is wrong, so it is not installed: it was damaged on its way, or is not what was published.
  expected: $expected
  received: $actual"
}

# Fetches a file of the release into the work folder, under its last name. What went wrong is then in `fetch-error`.
fetch() {
    url=$base_url/$1 output=$work_dir/${1##*/}
    case $url in
    file:*)
        source=${url#file:}
        set -- cp "${source#//}" "$output"
        ;;
    *)
        case $downloader in
        curl) set -- curl -fsSL --proto-redir =https --connect-timeout 30 --speed-limit 1 --speed-time 60 -o "$output" "$url" ;;
        gnu-wget) set -- wget -nv --tries=2 --timeout=60 -O "$output" "$url" ;;
        wget) set -- wget -q -O "$output" "$url" ;;
        esac
        ;;
    esac
    "$@" </dev/null 2>"$work_dir/fetch-error"
}

is_not_found() { grep -qE ' 404|No such file' "$work_dir/fetch-error"; }

# Why the last fetch failed, and what to do.
fetch_error() {
    if is_disk_full; then
        say "no space is left in $bin_dir. Free some, or name another folder with --bin-dir."
    elif is_not_found; then
        say "it is not there. Is WASP_INSTALL_BASE_URL right?"
    else
        say "$(cat "$work_dir/fetch-error")
Check the connection (and HTTPS_PROXY, if you are behind a proxy), then try again."
    fi
}

# A page of text doesn't fit any more.
is_disk_full() { ! printf '%8192s' '' 2>/dev/null >"$work_dir/probe"; }


unpack() {
    case $archive in
    *.xz) unpacker=xz ;;
    *) unpacker=gzip ;;
    esac
    mkdir "$work_dir/unpacked" &&
        "$unpacker" -dc "$work_dir/$archive" 2>"$work_dir/error" |
        (cd "$work_dir/unpacked" && tar xf - 2>>"$work_dir/error") && return
    ! is_disk_full || fail "No space is left in $bin_dir to unpack $archive. Free some, or name another folder with --bin-dir."
    fail "$archive can't be unpacked: $(cat "$work_dir/error")"
}

# A build that this machine can't run must not replace one that it can.
try_to_start() {
    fresh=$work_dir/unpacked/wasp-$version-$platform/wasp
    starts "$fresh" && return
    case $platform in
    darwin-*) codesign --force --sign - "$fresh" 2>/dev/null && starts "$fresh" && return ;;
    esac
    fail "The downloaded wasp doesn't start on this machine, so it is not installed: $(sed 4q "$work_dir/error")
On Linux it needs glibc 2.28 or newer and libstdc++ (Alpine Linux has neither); on macOS, 13.5 or newer."
}

# Does it start, alone? With a PATH it might ask another `wasp` for its version.
starts() { PATH='' "$1" --version </dev/null >/dev/null 2>"$work_dir/error"; }

put_in_place() {
    # Renamed over the old one: whoever starts `wasp` meanwhile gets one or the other, whole.
    reason=$(mv -f "$fresh" "$wasp" 2>&1) || fail "$wasp can't be written: $reason"
    case $old_version in
    '') say "Installed Wasp's front end $version: $wasp" ;;
    "$version") say "Installed Wasp's front end $version again: $wasp" ;;
    *) say "Installed Wasp's front end $version in place of $old_version: $wasp" ;;
    esac
}

# Prints the version of the front end at a path, nothing if nothing is there. Fails if something else is there: the
# launchers of the real Wasp are scripts and links, the front end is one executable that tells its name.
version_at() {
    [ -e "$1" ] || [ -L "$1" ] || return 0
    [ -f "$1" ] && [ ! -L "$1" ] || return 1
    [ "$(head -c 2 "$1" | tr -d '\0')" != '#!' ] || return 1
    printed=$(PATH='' "$1" --version </dev/null 2>/dev/null) || :
    case $printed in
    'front end  '*) say "$printed" | sed -n '1s/^front end *//p' ;;
    '') say "a version that doesn't start" ;;
    *) return 1 ;;
    esac
}

refuse_to_replace() {
    fail "$wasp is something else than Wasp's front end, so it is left as it is. Name another folder with --bin-dir."
}

# The front end itself knows best which Wasp it hands over to. Asked from /, where no project is.
find_real_wasp() {
    real=$(cd / && WASP_TELEMETRY_DISABLE=1 "$wasp" --version </dev/null 2>/dev/null | sed -n 's/^wasp  *//p')
    case $real in
    'not installed'* | '') offer_real_wasp ;;
    *) say "It hands over to the Wasp that is here: $real" ;;
    esac
}

offer_real_wasp() {
    if ! has npm; then
        say "Wasp itself is not installed yet. It comes through npm, which is not here: install Node.js (https://nodejs.org), then run:
  $INSTALL_REAL_WASP"
    elif wants_real_wasp; then
        # Unquoted: a command and its arguments.
        # shellcheck disable=SC2086
        $INSTALL_REAL_WASP </dev/tty || warn "npm could not install Wasp itself. Try again later with: $INSTALL_REAL_WASP"
    else
        say "Wasp itself is not installed yet. Install it with:
  $INSTALL_REAL_WASP"
    fi
}

# Asks on the terminal: standard input may be this script. False without one.
wants_real_wasp() {
    [ -t 1 ] && (: </dev/tty) 2>/dev/null || return 1
    printf 'Wasp itself is not installed yet. Install it now with npm? [Y/n] '
    read -r answer </dev/tty || return 1
    case $answer in
    '' | [Yy]*) return 0 ;;
    *) return 1 ;;
    esac
}

# What to do if typing `wasp` would not start this one.
hint_at_path() {
    first=$(command -v wasp) || first=''
    [ "$(folder_of "$first")" != "$(folder_of "$wasp")" ] || return 0
    if [ -z "$first" ]; then
        say "$bin_dir is not on your PATH. To put it there:"
    else
        say "Another wasp comes first on your PATH: $first. To put $bin_dir before it:"
    fi
    say "  $(path_command)"
    say "Then open a new terminal."
}

# The folder of a file, without links; nothing for nothing.
folder_of() { [ -z "$1" ] || (cd "${1%/*}/" 2>/dev/null && pwd -P); }

# Prints the command that puts $bin_dir first on PATH in the person's own shell.
path_command() {
    case $bin_dir in
    "${HOME:-/nowhere}"/*) folder=\$HOME$(in_double_quotes "${bin_dir#"$HOME"}") ;;
    *) folder=$(in_double_quotes "$bin_dir") ;;
    esac
    line="export PATH=\"$folder:\$PATH\""
    case ${SHELL-} in
    */fish) say "fish_add_path --move \"$folder\"" ;;
    */csh) say "echo 'setenv PATH \"$folder:\$PATH\"' >> ~/.cshrc" ;;
    */tcsh) say "echo 'setenv PATH \"$folder:\$PATH\"' >> ~/.tcshrc" ;;
    */nu) say "'\$env.PATH = (\$env.PATH | prepend \"$bin_dir\")' | save --append \$nu.config-path" ;;
    */zsh) say "echo '$line' >> ${ZDOTDIR:-~}/.zshrc" ;;
    */bash)
        # On macOS a terminal starts login shells, which read another file.
        case $platform in
        darwin-*) say "echo '$line' >> ~/.bash_profile" ;;
        *) say "echo '$line' >> ~/.bashrc" ;;
        esac
        ;;
    *) say "echo '$line' >> ~/.profile" ;;
    esac
}

in_double_quotes() { printf '%s' "$1" | sed 's/[\\"$`]/\\&/g'; }

uninstall() {
    removed=no
    if version=$(version_at "$wasp"); then
        [ -z "$version" ] || remove "$wasp"
    else
        fail "$wasp is something else than Wasp's front end, so it is left as it is."
    fi
    # What an installation left that was killed.
    for rest in "$bin_dir"/.wasp-install.*; do
        [ ! -d "$rest" ] || remove "$rest"
    done
    if [ "$bin_dir" = "${HOME-}/.wasp/bin" ]; then rmdir "$bin_dir" "${bin_dir%/*}" 2>/dev/null; fi
    if [ "$purge" = yes ]; then purge; fi
    [ "$removed" = yes ] || say "There was nothing to remove: no front end in $bin_dir."
    say "Wasp itself, if it is installed, is left as it is."
}

remove() {
    reason=$(rm -rf "$1" 2>&1) || fail "$1 can't be removed: $reason"
    removed=yes
    say "Removed $1"
}

purge() {
    for leftover in "$(config_dir)/telemetry.json" "$(cache_dir)/telemetry"; do
        [ ! -e "$leftover" ] || remove "$leftover"
        rmdir "${leftover%/*}" 2>/dev/null
    done
}

# As the front end's own (src/front-end/host/host.ts): the XDG base directories, or macOS's.
config_dir() { folder_for "${XDG_CONFIG_HOME-}" "${HOME-}/.config" "${HOME-}/Library/Preferences"; }

cache_dir() {
    case $(uname -s) in
    # There the real Wasp uses the one of Linux, and the front end follows it.
    Darwin) [ ! -d "${HOME-}/.cache/wasp" ] || {
        say "$HOME/.cache/wasp"
        return
    } ;;
    esac
    folder_for "${XDG_CACHE_HOME-}" "${HOME-}/.cache" "${HOME-}/Library/Caches"
}

# Prints the folder `wasp` in $1, else in $2 or, on macOS, in $3.
folder_for() {
    case $(uname -s)$1 in
    Darwin*) say "$3/wasp" ;;
    *[a-z]/*) say "$1/wasp" ;;
    *) say "$2/wasp" ;;
    esac
}

# In braces: cut off before the arguments, it would otherwise install where it was told to uninstall.
{ main "$@"; }
