# need GROUP…: sees to it that what scripts/packages lists for these groups is installed.
# Sourced by scripts/run and scripts/test, which stand in the top folder.

say() { printf '%s\n' "$*" >&2; }

sanitizers_link() {
    clang -fsanitize=address -x c - -o /dev/null <<<'int main(void) { return 0; }' 2>/dev/null
}

found() { # SIGN[|SIGN…]
    local sign
    for sign in ${1//|/ }; do
        case $sign in
            command:*) command -v "${sign#*:}" >/dev/null && return ;;
            pkgconfig:*) pkg-config --exists "${sign#*:}" 2>/dev/null && return ;;
            file:*) [[ -e ${sign#*:} ]] && return ;;
            sanitizers) sanitizers_link && return ;;
            *) say "scripts/packages: $sign?" && exit 2 ;;
        esac
    done
    return 1
}

clang_version() {
    if command -v clang >/dev/null; then
        clang -dumpversion
    else
        apt-cache depends clang 2>/dev/null | sed -n 's/.*Depends: clang-//p'
    fi | sed 's/\..*//;q'
}

chosen() { # PACKAGE[|PACKAGE…]…: of each the first one the distribution has, or else the last
    local choice package all=()
    for choice in "${@//'{clang}'/$(clang_version)}"; do
        for package in ${choice//|/ }; do
            [[ $(apt-cache policy "$package") =~ Candidate:\ [0-9] ]] && break
        done
        all+=("$package")
    done
    printf '%s\n' "${all[*]}"
}

need() {
    local group sign packages missing=() root=()
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
    if ((EUID == 0)); then
        root=(env)
    elif command -v sudo >/dev/null; then
        root=(sudo env)
    else
        say "Instalować może administrator, a nie ma tu sudo. Niech wykona jako root:"
        say "(Neither root nor sudo. Let the administrator run:)"
        say "    apt-get install --no-install-recommends $(chosen "${missing[@]}")"
        exit 1
    fi
    root+=(DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)

    "${root[@]}" update || say "Nie każde źródło odpowiedziało (not every source answered)."
    read -ra packages <<<"$(chosen "${missing[@]}")"
    say "Instaluję (installing): ${packages[*]}"
    # A proxy is wanted as a program; what Debian starts with it would take port 80.
    local policy=/usr/sbin/policy-rc.d made=0 status=0
    [[ -e $policy ]] || { printf '#!/bin/sh\nexit 101\n' | "${root[@]:0:1}" tee $policy >/dev/null && made=1; }
    ((!made)) || "${root[@]:0:1}" chmod 755 $policy
    "${root[@]}" install -y --no-install-recommends "${packages[@]}" >/dev/null || status=$?
    ((!made)) || "${root[@]:0:1}" rm -f $policy
    return $status
}
