#!/bin/sh
# Installs the Wasp front end, the `wasp` command, for this user. docs/install.md tells what goes where.
# POSIX sh. Nothing runs before the last line is complete, so a download that was cut off does nothing.
#
# Functions print what they find (`answer`) or tell the user (`say`, `warn`, `fail`). What was found is assigned in
# `main`, `install` and `uninstall` alone, and read everywhere.

# `curl … | zsh`: zsh's own ways differ from those of sh.
if [ -n "${ZSH_VERSION-}" ]; then emulate -R sh; fi
set -u
# As from `sh -e` or SHELLOPTS. Older shells don't know pipefail.
set +efC
# shellcheck disable=SC3040
if (set +o pipefail) 2>/dev/null; then set +o pipefail; fi

# The version of this script, that of the release which it belongs to.
INSTALLER_VERSION=0.1.0
# Where releases are published, unless WASP_INSTALL_BASE_URL names another place.
DEFAULT_BASE_URL=https://github.com/wasp-lang/wasp-front-end/releases/download
# The public keys that may sign a release, in minisign's form, separated by spaces; WASP_INSTALL_PUBLIC_KEY replaces
# them. Empty until the maintainers have made one (docs/releasing.md).
RELEASE_KEYS=''
# Install reports: the receiver and Wasp's public write key, as in src/protocol/report.ts.
DEFAULT_TELEMETRY_URL=https://app.posthog.com/capture
DEFAULT_TELEMETRY_API_KEY=CdDd2A0jKTI2vFAsrI9JWm3MqpOcgHz1bMyogAcwsE4
INSTALL_REAL_WASP='npm i -g @wasp.sh/wasp-cli@latest'
# In every front end's executable, a line of its own, with the version behind it (scripts/executable.ts).
MARK='This file is the Wasp front end, version '
# In every standalone executable of Node, which it ends with 1 in if there is a program inside.
FUSE='NODE_SEA_FUSE_[0-9a-f]*:1'
# No front end is larger, in bytes.
LARGEST_FRONT_END=400000000

# The longest times, in seconds: for a report, starting a program, a small file, an archive, an answer, npm.
REPORT_SECONDS=5
START_SECONDS=20
FILE_SECONDS=120
ARCHIVE_SECONDS=1800
ANSWER_SECONDS=120
NPM_SECONDS=1800
# The largest sizes of a small file and of an archive: in units of 512 bytes, or of 1024 as bash counts.
FILE_BLOCKS=2048
ARCHIVE_BLOCKS=400000
TOO_LARGE='it is larger than any such file of a release'
# Each of these says that this is CI, if it isn't empty: those of ci-info, which `wasp` asks.
CI_VARIABLES='AC_APPCIRCLE AGOLA_GIT_REF ALPIC_HOST APPCENTER_BUILD_ID APPVEYOR BITBUCKET_COMMIT BITRISE_IO BUDDY_WORKSPACE_ID
BUILDER_OUTPUT BUILDKITE BUILD_ID BUILD_NUMBER CAPAWESOME_CLOUD CF_BUILD_ID CF_PAGES CI CIRCLECI CIRRUS_CI CI_APP_ID CI_BUILD_ID
CI_BUILD_NUMBER CI_NAME CI_XCODE_PROJECT CM_BUILD_ID CODEBUILD_BUILD_ARN CONTINUOUS_INTEGRATION DRONE DSARI EARTHLY_CI EAS_BUILD
GERRIT_PROJECT GITEA_ACTIONS GITHUB_ACTIONS GITLAB_CI GO_PIPELINE_LABEL HARNESS_BUILD_ID HUDSON_URL LAYERCI MAGNUM NETLIFY
NEVERCODE NOW_BUILDER PROW_JOB_ID RELEASE_BUILD_ID RENDER RUN_ID RWX SAILCI SCREWDRIVER SEMAPHORE STRIDER TEAMCITY_VERSION
TF_BUILD TRAVIS VELA VERCEL WORKERS_CI XCS bamboo_planKey'

main() {
    # Messages of other programs are read here, in English. Options that come by environment would change what they do.
    user_locale=${LC_ALL-}
    LC_ALL=C
    export LC_ALL
    # Closed, their numbers would be given to the next files that are opened.
    (: 9>&1) 2>/dev/null || exec >/dev/null
    (: 9>&2) || exec 2>/dev/null
    unset CDPATH GREP_OPTIONS TAR_OPTIONS XZ_OPT XZ_DEFAULTS GZIP BLOCK_SIZE LS_BLOCK_SIZE
    # What others may write to, they can replace; and what this user can't, fails.
    umask u=rwx,go-w
    case ${HOME-} in ?*/) HOME=${HOME%/} ;; esac
    action=install version='' bin_dir='' purge=no force=no yes=no quiet=no signature=if-possible
    work_dir='' running='' watcher=''
    read_arguments "$@"
    [ -n "$bin_dir" ] || bin_dir=$(default_bin_dir) || exit 1
    wasp=$bin_dir/wasp
    case $action in
    install) install ;;
    uninstall) uninstall ;;
    esac
}

install() {
    check_tools grep mkdir mktemp mv rm sed sleep tar uname
    has xz || tar_reads_xz || check_tools gzip
    platform=$(find_platform) || exit 1
    base_url=$(find_base_url) || exit 1
    downloader=$(find_downloader)
    send_report
    check_machine
    check_downloader
    sha256=$(find_sha256) || exit 1
    verifier=$(find_verifier)
    check_verifier
    check_target
    old_version=$(front_end_version "$wasp")
    prepare
    work_dir=$(make_work_dir) || exit 1
    if [ -z "$version" ]; then
        fetch_latest
        version=$(latest_version) || exit 1
    fi
    if is_up_to_date; then
        say "Wasp's front end $version is installed already: $wasp"
    else
        install_version
    fi
    if find_real_wasp; then result=0; else result=1; fi
    hint_at_path
    return "$result"
}

install_version() {
    check_that_programs_start
    fetch_sums
    archive=$(choose_archive) || exit 1
    say "Fetching Wasp's front end $version for $platform."
    fetch_archive
    unpack
    fresh=$work_dir/unpacked/wasp-$version-$platform/wasp
    try_to_start
    put_in_place
}

usage() {
    cat <<END
Installs the Wasp front end, the \`wasp\` command, for this user.

Usage: install.sh [options]

  --version X            install version X instead of the newest
  --bin-dir DIR          put \`wasp\` into DIR instead of ~/.wasp/bin
  -y, --yes              ask nothing: install Wasp itself, too, if it is missing
  -q, --quiet            ask nothing and say nothing but what goes wrong
  --force                replace or remove another program of that name; install again what is there
  --require-signature    install nothing whose signature can't be checked
  --skip-signature       don't check the signature
  --uninstall            remove \`wasp\`, keep the settings and the telemetry state
  --purge                with --uninstall: remove those too
  --help                 print this help

Environment:
  WASP_INSTALL_BASE_URL    where releases are: https, http on this machine, or file:///folder
                           (default: $DEFAULT_BASE_URL)
  WASP_INSTALL_PUBLIC_KEY  the key that signs the releases there
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
            check_value "$1" "${2-}"
            if [ "$1" = --version ]; then version=$(version_number "$2") || exit 2; else bin_dir=$2; fi
            shift
            ;;
        *) read_switch "$1" ;;
        esac
        shift
    done
    [ "$purge" = no ] || [ "$action" = uninstall ] || usage_error "--purge goes with --uninstall"
    [ "$action" = install ] || [ -z "$version" ] || usage_error "--version doesn't go with --uninstall"
    [ -z "$bin_dir" ] || bin_dir=$(absolute_folder "$bin_dir") || exit 2
}

read_switch() {
    case $1 in
    --uninstall) action=uninstall ;;
    --purge) purge=yes ;;
    --force) force=yes ;;
    --yes | -y) yes=yes ;;
    --quiet | -q) quiet=yes ;;
    --require-signature) choose_signature required ;;
    --skip-signature) choose_signature skipped ;;
    --help | -h)
        usage
        exit 0
        ;;
    *) usage_error "unknown option: $1" ;;
    esac
}

choose_signature() {
    case $signature in
    if-possible | "$1") signature=$1 ;;
    *) usage_error "--require-signature and --skip-signature don't go together" ;;
    esac
}

check_value() {
    case $2 in
    '') usage_error "$1 needs a value" ;;
    -*) usage_error "$1 needs a value, and $2 looks like an option" ;;
    esac
}

# Prints a version without the `v` that may stand before it.
version_number() {
    case ${1#v} in
    '' | [!0-9]* | *[!0-9A-Za-z.+-]*) usage_error "--version needs a version such as 1.2.3, and it is: $1" ;;
    esac
    answer "${1#v}"
}

# Prints the absolute path of a folder as the user has typed it. No shell expands the tilde of `--bin-dir=~/x`.
absolute_folder() {
    folder=$1
    # shellcheck disable=SC2088
    case $folder in
    '~' | '~/'*)
        case ${HOME-} in
        /*) folder=$HOME${folder#'~'} ;;
        *) usage_error "--bin-dir $folder: HOME is not an absolute path" ;;
        esac
        ;;
    '~'*) usage_error "--bin-dir $folder: write the path out, or ./$folder if it begins with a tilde" ;;
    /*) ;;
    *)
        # zsh's is a dot if it is gone, that of others nothing, or what it was.
        here=$(pwd 2>/dev/null)
        case $here in /*) ;; *) here=/nowhere ;; esac
        [ -d "$here" ] || usage_error "--bin-dir $folder: the current folder is not there any more"
        folder=${here%/}/${folder#./}
        ;;
    esac
    case $folder in
    ?*/) folder=${folder%/} ;;
    esac
    [ "$(printf '%s' "$folder" | tr -d '\n')" = "$folder" ] || usage_error "--bin-dir can't hold the end of a line"
    answer "$folder"
}

default_bin_dir() {
    case ${HOME-} in
    '') fail "HOME is not set. Name a folder with --bin-dir." ;;
    /*) answer "${HOME%/}/.wasp/bin" ;;
    *) fail "HOME is not an absolute path: $HOME. Name a folder with --bin-dir." ;;
    esac
}

# What a function has found, for the function that asked.
answer() { printf '%s\n' "$*"; }

# For the user, who may have stopped listening: that fails nothing.
say() { [ "$quiet" = yes ] || printf '%s\n' "$*" 2>/dev/null || :; }

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

# Fails, and names them, if programs are missing that all systems have, and a container may not.
check_tools() {
    missing=''
    for tool in "$@"; do
        has "$tool" || missing="$missing $tool"
    done
    [ -z "$missing" ] || fail "This needs programs that are not on your PATH:$missing. Install them and try again."
}

# As ci-info tells it.
is_ci() {
    [ "${CI-}" != false ] || return 1
    for name in $CI_VARIABLES; do
        eval "setting=\${$name-}"
        [ -z "$setting" ] || return 0
    done
    # Heroku's.
    case ${NODE-} in
    */app/.heroku/node/bin/node*) return 0 ;;
    *) return 1 ;;
    esac
}

# Runs a command of at most $1 seconds, without input. To be called by the main shell only, whose end ends the command.
# Shells let a background command ignore Ctrl-C, so `clean_up` ends it.
limited() {
    limit=$1
    shift
    "$@" </dev/null 3>&- &
    running=$!
    watch_over "$limit" "$running" '' </dev/null >/dev/null 2>&1 3>&- &
    watcher=$!
    finish_running
}

# As limited, for the download of a file of at most $2 blocks, whose growth a terminal shows.
limited_download() {
    limit=$1 blocks=$2 output=$3 total=$4
    shift 4
    bounded "$blocks" "$@" </dev/null >&2 3>&- &
    running=$!
    if [ "$quiet" = no ] && [ -t 3 ]; then
        watch_over "$limit" "$running" "$output" "$total" </dev/null >&3 2>/dev/null 3>&- &
        watcher=$!
        finish_running
        code=$?
        printf '\r%30s\r' '' >&3
        return "$code"
    fi
    watch_over "$limit" "$running" '' </dev/null >/dev/null 2>&1 3>&- &
    watcher=$!
    finish_running
}

# Becomes a command that is ended (SIGXFSZ) when it writes a file of more than $1 blocks.
bounded() {
    # Without a picture of its memory (not POSIX, and yet in every shell).
    # shellcheck disable=SC3045
    ulimit -c 0 2>/dev/null
    ulimit -f "$1" 2>/dev/null
    shift
    case $1 in
    # A function.
    follow_with_wget) "$@" ;;
    *) exec "$@" ;;
    esac
}

# Waits for what `limited` has started. Fails as it fails.
finish_running() {
    wait "$running"
    code=$?
    running=''
    kill "$watcher" 2>/dev/null
    wait "$watcher" 2>/dev/null
    watcher=''
    return "$code"
}

# Ends process $2 after $1 seconds, or when this script is gone. Shows meanwhile how much of $4 bytes file $3 has.
watch_over() {
    left=$1
    while [ "$left" -gt 0 ] && kill -0 "$$" && kill -0 "$2"; do
        sleep 1
        left=$((left - 1))
        [ -z "$3" ] || printf '\r  %s' "$(progress "$3" "$4")"
    done
    # It may have processes of its own to end.
    kill -TERM "$2" && sleep 1
    kill -KILL "$2"
}

progress() {
    size=$(wc -c <"$1" | tr -d ' ')
    answer "$((size / 1000000))${2:+ of $(($2 / 1000000))} MB "
}


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
    # The usual system of a Raspberry Pi has a kernel of 64 bits, and programs of 32.
    [ "$(getconf LONG_BIT 2>/dev/null)" != 32 ] ||
        fail "There is no build for this system's programs of 32 bits, only for x86_64 and arm64."
    answer "$os-$arch"
}

# What would only show after the download: fails if the program can't start on this system, or root would leave files
# in a user's home.
check_machine() {
    check_sudo
    [ "${platform%-*}" = linux ] || return 0
    libc=$(libc_version)
    case $libc in
    musl)
        fail "This system's C library is musl (Alpine Linux, for example), and the front end needs glibc. Use an image
with glibc, such as node:24-slim; or use Wasp without the front end: $INSTALL_REAL_WASP"
        ;;
    [0-9]*)
        ! is_older "$libc" 2.28 ||
            fail "This system's C library is glibc $libc, and the front end needs 2.28 or newer. Use a newer system; or use Wasp
without the front end: $INSTALL_REAL_WASP"
        ;;
    esac
    missing=$(missing_libraries)
    [ -z "$missing" ] ||
        fail "The front end needs libraries that this system lacks:$missing. Install them and try again. On Debian and Ubuntu:
apt-get install libatomic1 libstdc++6; on Fedora and the like: dnf install libatomic libstdc++"
}

# Prints those that the loader neither lists nor finds where it looks by itself; nothing if that can't be told.
missing_libraries() {
    [ -z "${LD_LIBRARY_PATH-}" ] || return 0
    listed=$(ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null)
    case $listed in *libc.so.6*) ;; *) return 0 ;; esac
    missing=''
    for library in libatomic.so.1 libstdc++.so.6; do
        case $listed in *"$library"*) continue ;; esac
        is_in_a_library_folder "$library" || missing="$missing $library"
    done
    answer "$missing"
}

is_in_a_library_folder() {
    for folder in /lib /usr/lib /lib64 /usr/lib64 /lib/*-linux-gnu /usr/lib/*-linux-gnu; do
        [ ! -s "$folder/$1" ] || return 0
    done
    return 1
}

# Prints `musl`, or the version of glibc, or nothing if that can't be found out.
libc_version() {
    libc=$(getconf GNU_LIBC_VERSION 2>/dev/null) || libc=$(ldd --version 2>&1 </dev/null | sed 1q)
    case $libc in
    *musl*) answer musl ;;
    *[Gg][Ll][Ii][Bb][Cc]*[0-9].[0-9]* | *'GNU libc'*) answer "${libc##* }" ;;
    *) ! has_musl_alone || answer musl ;;
    esac
}

# musl can be installed beside glibc, whose loader is then there, too.
has_musl_alone() {
    for loader in /lib/ld-linux* /lib64/ld-linux*; do
        [ ! -e "$loader" ] || return 1
    done
    for loader in /lib/ld-musl-*; do
        [ ! -e "$loader" ] || return 0
    done
    return 1
}

# `sudo` that keeps HOME would leave files in the user's home that only root can change.
check_sudo() {
    case $bin_dir/ in
    "${HOME:-/nowhere}"/*) ;;
    *) return 0 ;;
    esac
    [ -z "${SUDO_UID-}${SUDO_USER-}${DOAS_USER-}" ] || ! is_root_in_a_users_home ||
        fail "This is root in another user's home, $HOME: the files would be root's. Run it again without sudo, or name
a folder for all users: --bin-dir /usr/local/wasp/bin"
}

is_root_in_a_users_home() {
    [ "$(id -u 2>/dev/null)" = 0 ] && [ -d "${HOME-}" ] || return 1
    [ "$(number_in_listing 3 "$HOME/")" != 0 ]
}

# Is version $1 older than version $2? A part that is no number compares as neither.
is_older() {
    left=${1%%[-+]*} right=${2%%[-+]*}
    while [ -n "$left$right" ]; do
        a=${left%%.*} b=${right%%.*}
        case $a$b in *[!0-9]*) return 1 ;; esac
        [ "${a:-0}" -ge "${b:-0}" ] || return 0
        [ "${a:-0}" -le "${b:-0}" ] || return 1
        case $left in *.*) left=${left#*.} ;; *) left='' ;; esac
        case $right in *.*) right=${right#*.} ;; *) right='' ;; esac
    done
    # 1.0.0-rc.1 comes before 1.0.0, and before 1.0.0-rc.2.
    case ${1%%+*} in *-*) ;; *) return 1 ;; esac
    case ${2%%+*} in *-*) ;; *) return 0 ;; esac
    left=${1%%+*} right=${2%%+*}
    is_older_candidate "${left#*-}" "${right#*-}"
}

# As is_older, of what stands behind the first hyphen: https://semver.org, 11.4. Numbers come before words.
is_older_candidate() {
    left=$1 right=$2
    while [ "$left" != "$right" ]; do
        [ -n "$left" ] || return 0
        [ -n "$right" ] || return 1
        a=${left%%.*} b=${right%%.*}
        case $a in *[!0-9]*) a_is=word ;; *) a_is=number ;; esac
        case $b in *[!0-9]*) b_is=word ;; *) b_is=number ;; esac
        case $a_is$b_is in
        numbernumber) [ "$a" -eq "$b" ] || { [ "$a" -lt "$b" ] && return 0 || return 1; } ;;
        numberword) return 0 ;;
        wordnumber) return 1 ;;
        # The letters keep expr from reading a word of its own.
        *) [ "$a" = "$b" ] || { expr "x$a" '<' "x$b" >/dev/null && return 0 || return 1; } ;;
        esac
        case $left in *.*) left=${left#*.} ;; *) left='' ;; esac
        case $right in *.*) right=${right#*.} ;; *) right='' ;; esac
    done
    return 1
}

# Prints where releases are, without a slash at the end.
find_base_url() {
    url=${WASP_INSTALL_BASE_URL:-$DEFAULT_BASE_URL}
    is_folder "$url" || is_safe_url "$url" ||
        fail "WASP_INSTALL_BASE_URL must be https, http on this machine, or file:///folder, and it is: $url"
    answer "${url%/}"
}

is_folder() { case $1 in file:/*) ;; *) return 1 ;; esac }

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

# Prints curl, gnu-wget, wget2, wget or none. BusyBox's wget knows few options and checks no certificate.
find_downloader() {
    if has curl; then
        answer curl
    elif has wget; then
        case $(wget --version 2>/dev/null </dev/null) in
        *Wget2*) answer wget2 ;;
        *GNU*) answer gnu-wget ;;
        *) answer wget ;;
        esac
    else
        answer none
    fi
}

check_downloader() {
    [ "$downloader" = none ] || return 0
    is_folder "$base_url" ||
        fail "Neither curl nor wget is installed, and one of them has to fetch Wasp. Install curl and try again."
}

# Prints the command that prints SHA-256 sums.
find_sha256() {
    if has sha256sum; then
        answer sha256sum
    elif has shasum; then
        answer shasum -a 256
    elif has openssl; then
        answer openssl dgst -sha256 -r
    else
        fail "Nothing here can check the download: sha256sum, shasum or openssl is needed. Install one and try again."
    fi
}

# Prints what can check a signature here: openssl, minisign or none.
find_verifier() {
    if [ "$signature" = skipped ] || [ -z "$(release_keys)" ]; then
        answer none
    elif has_ed25519; then
        answer openssl
    elif has minisign; then
        answer minisign
    else
        answer none
    fi
}

# OpenSSL knows Ed25519 from 1.1.1 on, LibreSSL's command (macOS) doesn't.
has_ed25519() {
    case $(openssl version 2>/dev/null </dev/null) in
    'OpenSSL 1.1.1'* | 'OpenSSL '[2-9]* | 'OpenSSL '[1-9][0-9]*) ;;
    *) return 1 ;;
    esac
}

release_keys() { answer "${WASP_INSTALL_PUBLIC_KEY:-$RELEASE_KEYS}"; }

# Says it if signatures can't be checked, and fails if they have to be.
check_verifier() {
    [ "$verifier" = none ] || return 0
    [ "$signature" != skipped ] || return 0
    if [ -z "$(release_keys)" ]; then
        reason="this installer knows no release key (WASP_INSTALL_PUBLIC_KEY names one)"
    else
        reason="that takes OpenSSL 1.1.1 or newer, or minisign, and neither is here"
    fi
    [ "$signature" != required ] || fail "The release's signature can't be checked: $reason. So nothing is installed."
    # To this machine there is no certificate to check.
    case $downloader$base_url in
    wgethttps:*)
        fail "The release's signature can't be checked: $reason. And this wget (BusyBox's) doesn't check
whom it talks to. So nothing is installed. Install curl or openssl and try again, or take the risk: --skip-signature"
        ;;
    esac
    say "The release's signature is not checked: $reason."
}


# Counts that this user tries to install: the event "install-script:run" with a new random number and the system, and
# nothing else, sent in the background. A retry within an hour is the same attempt, and CI is no user.
send_report() {
    ! wants_no_report || return 0
    telemetry_url=${WASP_TELEMETRY_URL:-$DEFAULT_TELEMETRY_URL}
    is_safe_url "$telemetry_url" && [ "$downloader" != none ] && take_the_hour || return 0
    system=${platform%-*}
    [ "$system" != darwin ] || system=osx
    say "Counting this install: a random number and \"$system\" go to ${telemetry_url%%\?*}." \
        "WASP_TELEMETRY_DISABLE=1 turns this off."
    api_key=$(printf '%s' "${WASP_TELEMETRY_API_KEY:-$DEFAULT_TELEMETRY_API_KEY}" | sed 's/[\\"]/\\&/g')
    report=$(printf '{"api_key":"%s","event":"install-script:run","properties":{"distinct_id":"%s","os":"%s"}}' \
        "$api_key" "$(random_digits)" "$system")
    # A reader of our output would otherwise wait for the end of these, too.
    {
        post_report "$telemetry_url" "$report" &
        post=$!
        {
            sleep "$REPORT_SECONDS"
            kill "$post"
        } &
        alarm=$!
        wait "$post"
        kill "$alarm"
    } </dev/null >/dev/null 2>&1 &
}

# What is off for `wasp` is off here (docs/spec.md section 5): the environment says no, the persisted choice does, or
# it can't be told. Sh can't parse JSON, so every choice but the one that `wasp telemetry enable` writes is a no.
# Root takes no place in another user's home, and --quiet leaves no line to say it in.
wants_no_report() {
    [ "$quiet" = no ] || return 0
    [ -z "${WASP_TELEMETRY_DISABLE+set}" ] || return 0
    case ${DO_NOT_TRACK-} in
    '' | 0 | false) ;;
    *) return 0 ;;
    esac
    ! is_ci && ! is_root_in_a_users_home || return 0
    config=$(config_dir) || return 0
    ! is_absent "$config/telemetry.json" || return 1
    ! is_enabled "$config/telemetry.json"
}

# Is there certainly nothing at a path? Not if a link on the way leads nowhere, or a folder can't be looked into.
is_absent() {
    place=$1
    while [ ! -e "$place" ]; do
        [ ! -L "$place" ] || return 1
        place=${place%/*}
        place=${place:-/}
    done
    [ "$place" != "$1" ] && [ -d "$place" ] && [ -x "$place" ]
}

# Is it exactly the file that `wasp telemetry enable`, or showing the notice, writes?
is_enabled() {
    [ -f "$1" ] || return 1
    content=$(head -c 200 "$1" 2>/dev/null | tr '\000' '?' && printf x)
    seen=${content#'{"enabled":true'}
    [ "$seen" != "$content" ] || return 1
    # Behind it: the end, or the date of the notice and the end.
    case $seen in
    ',"noticeShown":"'*) seen=${seen#',"noticeShown":"'} seen=${seen#????-??-??'"'} ;;
    esac
    [ "$seen" = "$(printf '}\nx')" ] || [ "$seen" = '}x' ]
}

# Takes this hour's place for a report, once among all that try. Fails if it is taken, or can't be.
take_the_hour() {
    now=$(date +%s) && state=$(cache_dir)/telemetry && mkdir -p "$state" 2>/dev/null || return 1
    hour=$((now / 3600)) free=yes
    for stamp in "$state"/install-report-*; do
        [ -e "$stamp" ] || [ -L "$stamp" ] || continue
        of_hour=${stamp##*-}
        case $of_hour in '' | *[!0-9]* | ?????????*) continue ;; esac
        if [ "$of_hour" -gt "$hour" ]; then
            # The clock was set back: not "never", so this attempt is not counted either.
            free=no
            rm -f "$stamp"
        elif [ "$of_hour" -lt $((hour - 1)) ]; then
            rm -f "$stamp"
        elif [ "$of_hour" -eq "$hour" ] || is_within_an_hour "$stamp" "$now"; then
            return 1
        fi
    done
    # Exclusively: of two at once one gets it.
    (set -C && answer "$now" >"$state/install-report-$hour") 2>/dev/null && [ "$free" = yes ]
}

# A stamp that can't be read counts as recent.
is_within_an_hour() {
    [ -f "$1" ] && read -r stamped <"$1" 2>/dev/null || return 0
    case $stamped in '' | *[!0-9]* | ?????????????*) return 0 ;; esac
    [ $(($2 - stamped)) -lt 3600 ]
}

# Becomes the downloader, so that the alarm can end it. BusyBox's wget would follow redirects to other places.
post_report() {
    type='Content-Type: application/json'
    case $downloader in
    curl) exec curl -s -H "$type" -d "$2" "$1" ;;
    gnu-wget | wget2) exec wget -q -O - --tries=1 --max-redirect=0 --header="$type" --post-data="$2" "$1" ;;
    wget) exec wget -q -O - --header "$type" --post-data "$2" "$1" ;;
    esac
}

# New ones each time, in the same second too.
random_digits() {
    digits=$(od -An -N16 -tu4 /dev/urandom 2>/dev/null | tr -dc 0-9)
    answer "${digits:-$$$(date +%s)}"
}


# Fails unless the front end can be put where it shall be: nothing is there, or a front end.
check_target() {
    [ ! -d "$wasp" ] || [ -L "$wasp" ] ||
        fail "$wasp is a folder, so it is left as it is. Name another folder with --bin-dir."
    [ "$force" = no ] || return 0
    ! is_there "$wasp" || is_front_end "$wasp" ||
        fail "$wasp is something else than Wasp's front end, so it is left as it is.
Name another folder with --bin-dir, or replace it with --force."
    ! belongs_to_a_package "$wasp" ||
        fail "$wasp is a package's, so it is left as it is: fetch the new package. Or name another folder with --bin-dir."
}

# Does dpkg look after a file? It does only after root's.
belongs_to_a_package() {
    [ "$(number_in_listing 3 "$1")" = 0 ] && has dpkg && dpkg -S "$(folder_of "$1")/${1##*/}" >/dev/null 2>&1
}

# A link that leads nowhere is there, too.
is_there() { [ -e "$1" ] || [ -L "$1" ]; }

is_front_end() {
    check_tools grep head ls od sed tr
    [ -n "$(front_end_version "$1")" ]
}

# Prints the version of the front end at a path, nothing if something else is there or nothing. It runs nothing: an
# executable for Linux or macOS is ours if it is a Node with a program inside, and holds our mark.
front_end_version() {
    [ -f "$1" ] && [ ! -L "$1" ] || return 0
    [ "$(number_in_listing 5 "$1")" -le "$LARGEST_FRONT_END" ] || return 0
    case $(head -c 4 "$1" 2>/dev/null | od -An -tx1 | tr -d ' \n') in
    7f454c46 | cffaedfe) ;;
    *) return 0 ;;
    esac
    found=$(grep -a -m 1 "^${MARK}[0-9A-Za-z.+-]*\$" "$1")
    [ -n "$found" ] && grep -a -q "$FUSE" "$1" || return 0
    answer "${found#"$MARK"}"
}

# Prints a field of `ls -n`: 3 is the owner's number, 5 the size in bytes.
number_in_listing() {
    field=$1
    # shellcheck disable=SC2012,SC2046
    set -- $(ls -ldn "$2" 2>/dev/null | sed 1q)
    shift $((field - 1)) 2>/dev/null || set -- 0
    answer "$1"
}

# From here on the end, whatever it is, leaves nothing behind.
prepare() {
    reason=$(mkdir -p "$bin_dir" 2>&1) || fail "The folder $bin_dir can't be made: $reason. Name another with --bin-dir."
    # For progress: the errors of what is started go to files.
    exec 3>&2
    tidy
    trap clean_up EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 131' QUIT
    trap 'exit 141' PIPE
    trap 'exit 143' TERM
}

# Prints a new folder beside the target, so that the last step is a rename. This process's number in its name lets a
# later installation see whether it is still in use.
make_work_dir() {
    # What goes wrong is asked for apart: a loader's warning on stderr is no part of the name.
    mktemp -d "$bin_dir/.wasp-install.$$.XXXXXX" 2>/dev/null ||
        fail "The folder $bin_dir can't be written to: $(mktemp -d "$bin_dir/.wasp-install.$$.XXXXXX" 2>&1). Name another with --bin-dir."
}

clean_up() {
    # Bash lets a process that it has just forked run the traps of its parent, if a signal comes that early.
    # shellcheck disable=SC2016
    [ "$(exec /bin/sh -c 'echo "$PPID"')" = "$$" ] || return 0
    [ -z "$watcher" ] || kill "$watcher" 2>/dev/null
    [ -z "$running" ] || kill -KILL "$running" 2>/dev/null
    [ -z "$running" ] || wait "$running" 2>/dev/null
    # By its number: killed early, it doesn't know the name yet.
    for rest in "$bin_dir/.wasp-install.$$".??????; do
        [ ! -d "$rest" ] || rm -rf "$rest"
    done
}

# Removes the work folders of installations that were killed.
tidy() {
    for rest in "$bin_dir"/.wasp-install.*.??????; do
        is_abandoned "$rest" || continue
        # A download may live a second longer than the installation that has started it.
        rm -rf "$rest" 2>/dev/null || { sleep 2 && rm -rf "$rest"; }
    done
}

is_abandoned() {
    [ -d "$1" ] && [ ! -L "$1" ] && holds_only_ours "$1" || return 1
    owner=${1##*/.wasp-install.}
    owner=${owner%.*}
    case $owner in '' | *[!0-9]*) return 1 ;; esac
    ! kill -0 "$owner" 2>/dev/null && [ ! -d "/proc/$owner" ]
}

# Does a folder hold nothing but what `make_work_dir`'s may? Another's can have such a name, too.
holds_only_ours() {
    for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
        is_there "$entry" || continue
        case ${entry##*/} in
        latest.json* | SHA256SUMS* | wasp-* | unpacked | probe | version | answer | error | fetch-error) ;;
        *) return 1 ;;
        esac
    done
}

# A disk that is mounted with noexec starts nothing.
check_that_programs_start() {
    printf '#!/bin/sh\n' 2>/dev/null >"$work_dir/probe" && chmod 755 "$work_dir/probe" || return 0
    "$work_dir/probe" 2>/dev/null ||
        fail "No program can be started in $bin_dir: it is on a disk that is mounted with noexec, it seems. Name another folder with --bin-dir."
}

fetch_latest() {
    fetch latest/latest.json "$FILE_SECONDS" "$FILE_BLOCKS" || fail "$base_url/latest/latest.json can't be fetched: $(fetch_error)"
    check_signature latest/latest.json
}

# Prints the newest version. It is never older than what is installed or than this script: whoever signs the releases
# has signed older ones, too.
latest_version() {
    latest=$(sed -n 's/^ *"version": *"\([0-9A-Za-z.+-]*\)".*/\1/p' "$work_dir/latest.json" | sed 1q)
    [ -n "$latest" ] || fail "$base_url/latest/latest.json names no version. Is that where Wasp's releases are?"
    for known in $old_version "$INSTALLER_VERSION"; do
        ! is_older "$latest" "$known" ||
            fail "$base_url offers $latest as the newest version, and $known is known here already. An older one is installed
only if it is asked for: --version $latest"
    done
    answer "$latest"
}

# Is the wanted version there, and does it start?
is_up_to_date() {
    [ "$force" = no ] && [ "$old_version" = "$version" ] && starts "$wasp"
}

fetch_sums() {
    if ! fetch "v$version/SHA256SUMS" "$FILE_SECONDS" "$FILE_BLOCKS"; then
        ! is_not_found || fail "There is no version $version at $base_url."
        fail "$base_url/v$version/SHA256SUMS can't be fetched: $(fetch_error)"
    fi
    check_signature "v$version/SHA256SUMS"
}

# Prints the name of this platform's archive, of the smaller kind if it can be unpacked here.
choose_archive() {
    for format in tar.xz tar.gz; do
        name=wasp-$version-$platform.$format
        [ "$format" != tar.xz ] || has xz || tar_reads_xz || continue
        [ -z "$(listed_sum "$name")" ] || {
            answer "$name"
            return
        }
    done
    fail "Version $version has no build for $platform at $base_url."
}

# macOS has no xz, but a tar that needs none.
tar_reads_xz() { case $(tar --version 2>/dev/null </dev/null) in bsdtar*liblzma*) ;; *) return 1 ;; esac }

# Prints the checksum of a file as the release lists it, or nothing.
listed_sum() { sed -n "s/^\([0-9a-f]\{64\}\)  $1\$/\1/p" "$work_dir/SHA256SUMS" | sed 1q; }

fetch_archive() {
    fetch "v$version/$archive" "$ARCHIVE_SECONDS" "$ARCHIVE_BLOCKS" || fail "$base_url/v$version/$archive can't be fetched: $(fetch_error)"
    expected=$(listed_sum "$archive")
    actual=$(sum_of "$work_dir/$archive")
    [ "$actual" = "$expected" ] || fail "The checksum of $archive is wrong, so it is not installed: it was damaged on its way, or is not what was published.
  expected: $expected
  received: $actual"
}

# Fails unless one of the release keys has signed a file that was fetched. $1: its path in the release.
check_signature() {
    case $verifier in
    none) return 0 ;;
    openssl) kind=csr ;;
    minisign) kind=minisig ;;
    esac
    signed=$work_dir/${1##*/}
    fetch "$1.$kind" "$FILE_SECONDS" "$FILE_BLOCKS" ||
        fail "$1 has no signature at $base_url, so nothing is installed: $(fetch_error)"
    for key in $(release_keys); do
        ! is_signed_by "$key" "$signed" || return 0
    done
    fail "The signature of $1 at $base_url is wrong, so nothing is installed: it is not what Wasp's maintainers have published."
}

# Has key $1, in minisign's form, signed file $2?
is_signed_by() {
    if [ "$verifier" = minisign ]; then
        minisign -V -q -P "$1" -m "$2" -x "$2.minisig" </dev/null >/dev/null 2>&1
    else
        is_requested_by "$1" "$2"
    fi
}

# OpenSSL 1.1.1 can't check a bare signature of Ed25519, but that of a certificate request: a name, here the file's
# checksum, and a key, signed with that key. The last 32 of the 42 bytes of minisign's form are the key, which in DER
# follow the twelve that every key of Ed25519 begins with.
is_requested_by() {
    request=$2.csr
    request_says "$request" -verify | grep -q 'verify OK$' || return 1
    named=$(request_says "$request" -subject)
    [ "${named##*[ =]}" = "$(sum_of "$2")" ] || return 1
    key=$({
        printf '\060\052\060\005\006\003\053\145\160\003\041\000'
        answer "$1" | openssl base64 -d -A | tail -c 32
    } 2>/dev/null | openssl base64 -A)
    request_says "$request" -pubkey | grep -qxF -e "$key"
}

# Without the system's configuration, which says nothing about this, and yet has to be there.
request_says() { OPENSSL_CONF=/dev/null openssl req -noout -in "$@" 2>&1 </dev/null; }

# Prints a file's SHA-256 as 64 digits.
sum_of() {
    # Unquoted: a command and its options.
    # shellcheck disable=SC2086
    sum=$($sha256 <"$1")
    answer "${sum%% *}"
}

# Fetches a file of the release, within $2 seconds and of at most $3 blocks, into the work folder, under its last name.
# What went wrong is then in `fetch-error`. HTTPS is never left for HTTP.
fetch() {
    url=$base_url/$1 output=$work_dir/${1##*/} seconds=$2 blocks=$3
    case $url in
    file:*)
        source=${url#file:}
        set -- cp "${source#//}" "$output"
        ;;
    *)
        case $downloader in
        curl) set -- curl -fsSL --proto-redir =https --connect-timeout 30 --speed-limit 1000 --speed-time 60 -o "$output" "$url" ;;
        gnu-wget) set -- follow_with_wget "$url" "$output" ;;
        wget2) set -- wget --progress=none --tries=2 --timeout=60 "--https-enforce=$(enforcement "$url")" -O "$output" "$url" ;;
        wget) set -- wget -q -O "$output" "$url" ;;
        esac
        ;;
    esac
    total=$(size_of "${url#"$base_url"/}")
    limited_download "$seconds" "$blocks" "$output" "$total" "$@" 2>"$work_dir/fetch-error" && return
    # Ended by SIGXFSZ.
    [ "$?" -ne 153 ] || answer "$TOO_LARGE" >"$work_dir/fetch-error"
    return 1
}

enforcement() { case $1 in https:*) answer hard ;; *) answer none ;; esac }

# Prints how many bytes a file of the newest release has, if that is known.
size_of() {
    [ ! -f "$work_dir/latest.json" ] || sed -n "s|.*\"path\":\"$1\",\"size\":\([0-9]*\),.*|\1|p" "$work_dir/latest.json"
}

# GNU wget would follow a redirect from https to http, so each step is looked at.
follow_with_wget() {
    next=$1
    for step in 1 2 3 4 5; do
        wget -nv -S --tries=2 --timeout=60 --max-redirect=0 -O "$2" "$next" 2>"$2.headers" &
        step_of_wget=$!
        # shellcheck disable=SC2064
        trap "kill $step_of_wget" TERM
        wait "$step_of_wget" && return
        wget_code=$?
        location=$(sed -n 's/^ *[Ll]ocation: *\([^ ]*\).*/\1/p' "$2.headers" | tail -n 1 | tr -d '\r')
        case $location in
        https://*) next=$location ;;
        /*) next=$(answer "$next" | sed 's|^\([a-z]*://[^/]*\).*|\1|')$location ;;
        *)
            cat "$2.headers" >&2
            return "$wget_code"
            ;;
        esac
    done
    answer "too many redirects ($step)" >&2
    return 1
}

is_not_found() { grep -qE ' 404|No such file' "$work_dir/fetch-error"; }

# Why the last fetch failed, and what to do.
fetch_error() {
    if is_disk_full; then
        answer "no space is left in $bin_dir. Free some, or name another folder with --bin-dir."
    elif grep -qxF "$TOO_LARGE" "$work_dir/fetch-error"; then
        answer "$TOO_LARGE. Is WASP_INSTALL_BASE_URL right?"
    elif is_not_found; then
        answer "it is not there. Is WASP_INSTALL_BASE_URL right?"
    else
        answer "$(cat "$work_dir/fetch-error")
Check the connection (and HTTPS_PROXY, if you are behind a proxy), then try again."
    fi
}

# A page of text doesn't fit any more.
is_disk_full() { ! printf '%8192s' '' 2>/dev/null >"$work_dir/probe"; }


unpack() {
    case $archive in
    *.gz) unpacker='gzip -dc' ;;
    *) if has xz; then unpacker='xz -dc'; else unpacker='cat'; fi ;;
    esac
    # Unquoted: a command and its option.
    # shellcheck disable=SC2086
    mkdir "$work_dir/unpacked" &&
        $unpacker "$work_dir/$archive" 2>"$work_dir/error" |
        (cd "$work_dir/unpacked" && tar xf - 2>>"$work_dir/error") && return
    ! is_disk_full || fail "No space is left in $bin_dir to unpack $archive. Free some, or name another folder with --bin-dir."
    fail "$archive can't be unpacked: $(cat "$work_dir/error")"
}

# A build that this machine can't run must not replace one that it can.
try_to_start() {
    starts "$fresh" && return
    case $platform in
    darwin-*) codesign --force --sign - "$fresh" 2>/dev/null && starts "$fresh" && return ;;
    esac
    started=$(sed -n 's/^front end *//p' "$work_dir/version")
    [ -z "$started" ] || fail "The downloaded wasp is version $started instead of $version, so it is not installed."
    fail "The downloaded wasp doesn't start on this machine, so it is not installed: $(sed 4q "$work_dir/error")
On Linux it needs glibc 2.28 or newer, libatomic and libstdc++; on macOS, 13.5 or newer."
}

# Does the front end at a path start, and is it $version?
starts() {
    limited "$START_SECONDS" ask_version "$1" >"$work_dir/version" 2>"$work_dir/error"
    grep -qxF "front end  $version" "$work_dir/version"
}

# Alone, from where no project is: with a PATH it might ask another `wasp` for its version.
ask_version() {
    cd / || return
    PATH='' WASP_TELEMETRY_DISABLE=1 exec "$1" --version
}

put_in_place() {
    check_target
    # It would be moved into a folder that a link leads to.
    if [ -L "$wasp" ] && [ -d "$wasp" ]; then rm -f "$wasp"; fi
    # Renamed over the old one: a command that starts meanwhile gets one or the other, whole.
    reason=$(mv -f "$fresh" "$wasp" 2>&1) || fail "$wasp can't be written: $reason"
    case $old_version in
    '') say "Installed Wasp's front end $version: $wasp" ;;
    "$version") say "Installed Wasp's front end $version again: $wasp" ;;
    *) say "Installed Wasp's front end $version in place of $old_version: $wasp" ;;
    esac
}

# The front end itself knows best which Wasp it hands over to. Asked from /, where no project is. Fails if --yes asks for
# Wasp itself and npm can't install it.
find_real_wasp() {
    limited "$START_SECONDS" ask_everything >"$work_dir/version" 2>/dev/null
    real=$(sed -n 's/^wasp  *//p' "$work_dir/version")
    case $real in
    'not installed'* | '') offer_real_wasp ;;
    *) say "It hands over to the Wasp that is here: $real" ;;
    esac
}

ask_everything() {
    cd / || return
    WASP_TELEMETRY_DISABLE=1 exec "$wasp" --version
}

offer_real_wasp() {
    if ! has npm; then
        advice="Wasp itself is not installed yet. It comes through npm, which is not here: install Node.js (https://nodejs.org), then run:
  $INSTALL_REAL_WASP"
        if [ "$yes" = yes ]; then warn "$advice"; else say "$advice"; fi
    elif wants_real_wasp; then
        limited "$NPM_SECONDS" install_real_wasp && return
        warn "npm could not install Wasp itself. Try again later with: $INSTALL_REAL_WASP"
        [ "$yes" = no ]
    else
        say "Wasp itself is not installed yet. Install it with:
  $INSTALL_REAL_WASP"
    fi
}

install_real_wasp() {
    unset LC_ALL
    [ -z "$user_locale" ] || export LC_ALL="$user_locale"
    [ "$quiet" = no ] || exec >/dev/null
    # Unquoted: a command and its arguments.
    # shellcheck disable=SC2086
    exec $INSTALL_REAL_WASP
}

# Asks on the terminal: standard input may be this script. A no without one, in CI, and where no answer comes.
wants_real_wasp() {
    [ "$yes" = no ] || return 0
    [ "$quiet" = no ] && ! is_ci && [ -t 1 ] && (: </dev/tty) 2>/dev/null || return 1
    printf 'Wasp itself is not installed yet. Install it now with npm? [Y/n] '
    # Without a line's end nobody has typed anything.
    if ! limited "$ANSWER_SECONDS" read_line >"$work_dir/answer" || [ ! -s "$work_dir/answer" ]; then
        printf '\n'
        return 1
    fi
    read -r typed <"$work_dir/answer"
    case $typed in
    '' | [Yy]*) return 0 ;;
    *) return 1 ;;
    esac
}

read_line() { exec head -n 1 </dev/tty; }

# What to do if typing `wasp` would not start this one.
hint_at_path() {
    first=$(command -v wasp) || first=''
    [ "$(folder_of "$first")" != "$(folder_of "$wasp")" ] || return 0
    case $bin_dir in
    *:*)
        say "A folder with a colon in its name can't be on a PATH. Start it by its name: $(quoted "$wasp")"
        return
        ;;
    esac
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

# Prints the command that puts $bin_dir first on PATH in the user's own shell.
path_command() {
    case $bin_dir in
    "${HOME:-/nowhere}"/*) home=\$HOME inside=${bin_dir#"$HOME"} ;;
    *) home='' inside=$bin_dir ;;
    esac
    line="export PATH=\"$home$(in_double_quotes "$inside"):\$PATH\""
    case ${SHELL-} in
    # In fish's double quotes a backtick is a character as any other.
    */fish) answer "fish_add_path --move \"$home$(answer "$inside" | sed 's/[\\"$]/\\&/g')\"" ;;
    */csh) append "setenv PATH \"$home$(in_double_quotes "$inside"):\$PATH\"" '.cshrc' ;;
    */tcsh) append "setenv PATH \"$home$(in_double_quotes "$inside"):\$PATH\"" '.tcshrc' ;;
    */nu) answer "$(quoted "\$env.PATH = (\$env.PATH | prepend \"$bin_dir\")") | save --append \$nu.config-path" ;;
    */zsh) append "$line" "$(profile_of_zsh)" ;;
    */bash)
        # On macOS a terminal starts login shells, which read another file.
        case $platform in
        darwin-*) append "$line" '.bash_profile' ;;
        *) append "$line" '.bashrc' ;;
        esac
        ;;
    *) append "$line" '.profile' ;;
    esac
}

# Prints the command that appends line $1 to file $2 of the home. echo would read a backslash in its own way.
append() {
    case $2 in
    /* | "'"*) profile=$2 ;;
    *) profile=\~/$2 ;;
    esac
    case $1 in
    *\\*) answer "printf '%s\\n' $(quoted "$1") >> $profile" ;;
    *) answer "echo $(quoted "$1") >> $profile" ;;
    esac
}

profile_of_zsh() {
    if [ -z "${ZDOTDIR-}" ]; then
        answer .zshrc
    else
        case $ZDOTDIR in
        *[!0-9A-Za-z/._-]*) quoted "$ZDOTDIR/.zshrc" ;;
        *) answer "$ZDOTDIR/.zshrc" ;;
        esac
    fi
}

in_double_quotes() { printf '%s' "$1" | sed 's/[\\"$`]/\\&/g'; }

# As one word of a shell.
quoted() { answer "'$(printf '%s' "$1" | sed "s/'/'\\\\''/g")'"; }

uninstall() {
    removed=no
    check_uninstall
    ! is_there "$wasp" || remove "$wasp"
    # What an installation left that was killed.
    for rest in "$bin_dir"/.wasp-install.*.??????; do
        ! is_abandoned "$rest" || remove "$rest"
    done
    if [ "$removed" = yes ] && [ "$bin_dir" = "${HOME-}/.wasp/bin" ]; then
        rmdir "$bin_dir" "${bin_dir%/*}" 2>/dev/null
    fi
    if [ "$purge" = yes ]; then purge; fi
    [ "$removed" = yes ] || say "There was nothing to remove: no front end in $bin_dir."
    say "Wasp itself, if it is installed, is left as it is."
}

check_uninstall() {
    [ ! -d "$wasp" ] || [ -L "$wasp" ] || fail "$wasp is a folder, so it is left as it is."
    [ "$force" = yes ] || ! is_there "$wasp" || is_front_end "$wasp" ||
        fail "$wasp is something else than Wasp's front end, so it is left as it is. --force removes it."
    [ "$force" = yes ] || ! belongs_to_a_package "$wasp" ||
        fail "$wasp is a package's, so it is left as it is. Remove the package: apt-get remove wasp-front-end"
}

remove() {
    reason=$(rm -rf "$1" 2>&1) || fail "$1 can't be removed: $reason"
    removed=yes
    say "Removed $1"
}

purge() {
    config=$(config_dir) || config=''
    cache=$(cache_dir) || cache=''
    for leftover in "${config:+$config/telemetry.json}" "${cache:+$cache/telemetry}" "${cache:+$cache/messages}"; do
        is_there "$leftover" || continue
        remove "$leftover"
        rmdir "${leftover%/*}" 2>/dev/null
    done
}

# As the front end's own (src/front-end/host/directories.ts): the XDG base directories, or macOS's. Fail where there is
# no telling.
config_dir() { folder_for "${XDG_CONFIG_HOME-}" .config Library/Preferences; }

cache_dir() {
    # On macOS the real Wasp uses the one of Linux, and the front end follows it.
    case $(uname -s)${HOME-} in
    Darwin/*) [ ! -d "$HOME/.cache/wasp" ] || {
        answer "$HOME/.cache/wasp"
        return
    } ;;
    esac
    folder_for "${XDG_CACHE_HOME-}" .cache Library/Caches
}

# Prints the folder `wasp` in $1, else in the home's $2 or, on macOS, $3.
folder_for() {
    case $(uname -s)$1 in
    Darwin*) place=$3 ;;
    *[a-z]/*)
        is_utf8 "$1" && answer "$1/wasp"
        return
        ;;
    *) place=$2 ;;
    esac
    case ${HOME-} in /*) is_utf8 "$HOME" && answer "$HOME/$place/wasp" ;; *) return 1 ;; esac
}

# Of other names `wasp` can't tell where they lead. Nor can it if they hold the character for what was lost.
is_utf8() {
    tail='[89ab].'
    two="(c[2-9a-f]|d.)$tail"
    three="(e0[ab].|e[1-9a-cef]$tail|ed[89].)$tail"
    four="(f0[9ab].|f[1-3]$tail|f48.)$tail$tail"
    hexadecimal=$(answer "$1" | od -An -v -tx1 | tr -d ' \n')
    case $hexadecimal in *efbfbd*) return 1 ;; esac
    answer "$hexadecimal" | grep -Eqx "([0-7].|$two|$three|$four)+"
}

# In braces: cut off before the arguments, it would otherwise install where it was told to uninstall.
{ main "$@"; }
