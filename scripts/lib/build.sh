# build FOLDER CMAKE-OPTION… [-- TARGET…]: configures what is not yet, and builds. Sourced.

if command -v ninja >/dev/null; then
    export CMAKE_GENERATOR=Ninja
fi

build() {
    local folder=$1 options=()
    shift
    while (($#)) && [[ $1 != -- ]]; do
        options+=("$1")
        shift
    done
    # An old folder is configured again by the build itself, if a list of sources changed.
    if ((${#options[@]})) || ! [[ -e $folder/build.ninja || -e $folder/Makefile ]]; then
        cmake -S . -B "$folder" --log-level=NOTICE "${options[@]}" || return
    fi
    cmake --build "$folder" --parallel "$(nproc)" ${2:+--target "${@:2}"}
}
