# Sourced by ./vestige and ./test: what they need of the machine, installed when missing, in words.

say() { echo "vestige: $*" >&2; }

# The runtime opens some sixty files before it can say what it lacks.
enough_files() {
  local most
  most=$(ulimit -n)
  [[ "$most" == unlimited || "$most" -ge 128 ]] && return
  say "at most $most files may be open at once (ulimit -n), and 128 are needed; 'ulimit -n 1024' allows more"
  exit 3
}

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
  install_packages libvips42 || say "without it vestige uses the libvips that came with it, which has no JPEG XL and no JPEG 2000"
}

# Tests open the page in it.
need_chromium() {
  command -v chromium chromium-browser google-chrome >/dev/null && return
  command -v apt-get >/dev/null || { say "chromium is missing: install it, or name it in VESTIGE_CHROMIUM"; return; }
  install_packages chromium || true
}

# Whether the system may be changed: asked where a terminal is there to ask; scripts are not held up. VESTIGE_INSTALL=yes or =no answers beforehand.
may_install() {
  case "${VESTIGE_INSTALL:-}" in
    yes) return 0 ;;
    no) return 1 ;;
  esac
  [[ -t 0 && -t 2 ]] || return 0
  local answer
  read -r -p "vestige: install $* from the distribution's packages? [Y/n] " answer >&2 || return 1
  [[ -z "$answer" || "$answer" == [yY]* ]]
}

install_packages() {
  local sudo="" log
  [[ $(id -u) -eq 0 ]] || sudo="sudo"
  if ! may_install "$@"; then
    say "$* not installed; 'apt-get install $*' does it"
    return 1
  fi
  say "installing $* from the distribution's packages (once)"
  log=$(mktemp)
  # What is started meanwhile must not keep the lock (descriptor 8).
  if ! { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$@"; } >"$log" 2>&1 8>&-; then
    blame "$log" "$* could not be installed"
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

# What a log says went wrong: no network, where that is it; else what it says itself.
blame() {
  if grep -qiE 'could not resolve|failure resolving|name or service not known|could not connect|unable to connect|network is unreachable|connection (refused|timed out)|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|NU1301' "$1"; then
    say "$2: no network. Connect, or set the proxy of apt, npm or NuGet, and run this again"
  else
    grep -iE '(^E:|error|: (error|warning) )' "$1" | sort -u | head -n 20 >&2 || tail -n 5 "$1" >&2
    say "$2"
  fi
}

# Encoders of other makers, for the tests of exec: (4 MB). Those tests say that they are skipped where these are missing.
want_encoders() {
  if command -v cjxl && command -v cwebp && command -v avifenc; then return; fi >/dev/null
  command -v apt-get >/dev/null || return 0
  install_packages libjxl-tools webp libavif-bin || say "without libjxl-tools, webp and libavif-bin some tests will be skipped"
}

# One at a time sets up and builds; who comes second waits and finds it done. The lock goes with the process. (macOS has no flock.)
lock_setup() {
  command -v flock >/dev/null || return 0
  mkdir -p "$root/artifacts"
  exec 8>"$root/artifacts/.setup.lock"
  flock -n 8 && return
  say "waiting for another vestige that sets up or builds here"
  flock 8
}

unlock_setup() { { exec 8>&-; } 2>/dev/null || true; }

# Builds quietly; on failure shows what the compiler said.
build() {
  local log
  log=$(mktemp)
  # No build servers: one left over by another build can hang this one, and none is wanted afterwards.
  if ! dotnet build "$@" --disable-build-servers --verbosity quiet -nologo >"$log" 2>&1 8>&-; then
    blame "$log" "the build failed"
    rm -f "$log"
    exit 3
  fi
  rm -f "$log"
}

# The page of an audit is bundled from report/ with what package-lock.json names. Without it everything else works, and vestige says what is missing.
page_is_stale() {
  local page="$root/artifacts/report/page.html"
  [[ ! -e "$page" || -n "$(find "$root/report" -name node_modules -prune -o -name tests -prune -o -type f -newer "$page" -print -quit)" ]]
}

# npm ci, where node_modules does not hold what the lock file says. Argument: "dev" for what only tests need.
need_npm_packages() {
  local modules="$root/report/node_modules" omit=(--omit=dev)
  [[ "${1:-}" == dev ]] && omit=()
  if [[ -e "$modules/.package-lock.json" && ! "$root/report/package-lock.json" -nt "$modules/.package-lock.json" ]] \
    && { [[ -z "${1:-}" ]] || [[ -e "$modules/axe-core" ]]; }; then return; fi
  if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    command -v apt-get >/dev/null || { say "node and npm are missing"; return 1; }
    install_packages nodejs npm || return 1
  fi
  say "fetching what the report page is made with (npm ci, once)"
  # Scripts of packages are not run: none is needed.
  local log="$root/artifacts/report/npm.log"
  mkdir -p "${log%/*}"
  if ! (cd "$root/report" && npm ci "${omit[@]}" --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries 1 --fetch-timeout 30000 --loglevel error >"$log" 2>&1 8>&-); then
    blame "$log" "npm ci failed ($log)"
    return 1
  fi
  touch "$modules/.package-lock.json"
}

# Bundles the page where that is due; says so and goes on where it cannot be done. After a failure it waits an hour, or for ./test.
need_page() {
  local tried="$root/artifacts/report/tried" log="$root/artifacts/report/bundle.log"
  page_is_stale || return 0
  mkdir -p "$root/artifacts/report"
  if [[ "${1:-}" != again && -n "$(find "$tried" -mmin -60 2>/dev/null)" ]]; then return 0; fi
  : >"$log"
  if need_npm_packages && (cd "$root/report" && node bundle.mjs "$root/artifacts/report/page.html") >"$log" 2>&1; then
    rm -f "$tried"
  else
    touch "$tried"
    cat "$log" >&2
    say "the page of the report cannot be bundled now; audits work without it (./test tries again)"
  fi
}
