# need GROUP…: sees to it that what scripts/packages lists for these groups is installed.
# Sourced by scripts/run and scripts/test, which stand in the top folder.

say() { printf '%s\n' "$*" >&2; }

found() { # SIGN[|SIGN…]
    local sign
    for sign in ${1//|/ }; do
        case $sign in
            command:*) command -v "${sign#*:}" >/dev/null && return ;;
            pkgconfig:*) pkg-config --exists "${sign#*:}" 2>/dev/null && return ;;
            file:*) [[ -e ${sign#*:} ]] && return ;;
            sanitizers) clang -fsanitize=address -x c - -o /dev/null <<<'int main(void) { return 0; }' 2>/dev/null && return ;;
            *) say "scripts/packages: $sign?" && exit 2 ;;
        esac
    done
    return 1
}

clang_version() {
    if command -v clang >/dev/null; then
        clang -dumpversion
    else
        apt-cache depends clang | sed -n 's/.*Depends: clang-//p'
    fi | sed 's/\..*//;q'
}

available() { # PACKAGE[|PACKAGE…]: the first one the distribution has, or else the last
    local package
    for package in ${1//|/ }; do
        package=${package/'{clang}'/$(clang_version)}
        [[ $(apt-cache policy "$package") =~ Candidate:\ [0-9] ]] && break
    done
    printf '%s\n' "$package"
}

need() {
    local group sign packages missing=() chosen=() root=()
    while read -r group sign packages; do
        [[ " $* " != *" $group "* ]] || found "$sign" || missing+=("$packages")
    done < <(grep '^[a-z]' scripts/packages)
    ((${#missing[@]})) || return 0

    say "Brakuje pakietów (missing packages): ${missing[*]}"
    if ! command -v apt-get >/dev/null; then
        say "To nie jest Debian: zainstaluj ich odpowiedniki i uruchom ponownie."
        say "(No apt-get here: install their counterparts, then run this again.)"
        exit 1
    fi
    if ((EUID != 0)); then
        if ! command -v sudo >/dev/null; then
            say "Instalować może administrator, a nie ma tu sudo. Niech wykona jako root:"
            say "(Neither root nor sudo. Let the administrator run:)"
            say "    apt-get install --no-install-recommends ${missing[*]}"
            exit 1
        fi
        root=(sudo)
    fi
    root+=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)

    "${root[@]}" update
    for packages in "${missing[@]}"; do
        chosen+=("$(available "$packages")")
    done
    say "Instaluję (installing): ${chosen[*]}"
    "${root[@]}" install -y --no-install-recommends "${chosen[@]}" >/dev/null
}
