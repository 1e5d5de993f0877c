# Sourced by ./vestige and ./test: what they need of the machine, installed when missing, in words.

say() { echo "vestige: $*" >&2; }

need_dotnet() {
  command -v dotnet >/dev/null || {
    say "the .NET SDK 10 is missing; install it (https://dotnet.microsoft.com/download) and run this again"
    exit 3
  }
}

# libvips reads and writes the images. From the distribution's packages; anything else is for the user to install.
need_libvips() {
  [[ "$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null)" == *libvips.so.42* ]] && return
  if ! command -v apt-get >/dev/null; then
    say "libvips 8.14 or later is missing and this is no Debian: install it with your package manager (or brew install vips)"
    return
  fi
  local sudo=""
  [[ $(id -u) -eq 0 ]] || sudo="sudo"
  say "installing libvips42 from the distribution's packages (once)"
  $sudo apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends libvips42 >&2
}

# Encoders of other makers, for the tests of exec: (4 MB). Those tests say that they are skipped where these are missing.
want_encoders() {
  if command -v cjxl && command -v cwebp && command -v avifenc; then return; fi >/dev/null
  command -v apt-get >/dev/null || return 0
  local sudo=""
  [[ $(id -u) -eq 0 ]] || sudo="sudo"
  say "installing libjxl-tools, webp and libavif-bin from the distribution's packages (once)"
  { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends libjxl-tools webp libavif-bin; } >&2 ||
    say "they could not be installed: some tests will be skipped"
}

# Builds quietly; on failure shows what the compiler said.
build() {
  local log
  log=$(mktemp)
  # No build servers: one left over by another build can hang this one, and none is wanted afterwards.
  if ! dotnet build "$@" --disable-build-servers --verbosity quiet -nologo >"$log" 2>&1; then
    grep -E ': (error|warning) ' "$log" | sort -u >&2 || cat "$log" >&2
    rm -f "$log"
    say "the build failed"
    exit 3
  fi
  rm -f "$log"
}
