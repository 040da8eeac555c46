#!/bin/sh
# Say which Debian packages are missing for a purpose, or install them as root.
#   packaging/prepare.sh venv|window|test|deb|trial|windows|windows-trial
# Purposes add up: "test" includes "window", "window" includes "venv". Each package was proven needed.
set -eu

venv="python3-venv"
window="libstdc++6 libglib2.0-0 libgl1 libegl1 libfontconfig1 libdbus-1-3 libxkbcommon0 \
 libxkbcommon-x11-0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 \
 libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1"
keys="xvfb xdotool openbox" # the tests of the bundle press its keys
test="$keys xauth poppler-utils cups-daemon cups-client cups-filters zbar-tools"
deb="$keys binutils dpkg xz-utils libbrotli1 libfreetype6 libgssapi-krb5-2 libx11-6 libzstd1"
trial="$keys debootstrap iproute2"
windows="nsis"
windows_trial="wine64"

case "${1:-window}" in
    venv) wanted="" ;;
    window) wanted="$window" ;;
    test) wanted="$window $test" ;;
    deb) wanted="$window $deb" ;;
    trial) wanted="$trial" ;;
    windows) wanted="$window $windows" ;;
    windows-trial) wanted="$windows_trial" ;;
    *) echo "usage: $0 venv|window|test|deb|trial|windows|windows-trial" >&2; exit 2 ;;
esac
# A Python that brings its own ensurepip needs no package for virtual environments.
"${PYTHON:-python3}" -c "import ensurepip, venv" 2>/dev/null || wanted="$venv $wanted"

# The bundle takes Python as a shared library, which Debian packs apart.
shared='import sys, sysconfig
if not sysconfig.get_config_var("Py_ENABLE_SHARED"): print("libpython{}.{}".format(*sys.version_info))'
[ "${1:-window}" != deb ] || wanted="$wanted $("${PYTHON:-python3}" -c "$shared")"

command -v dpkg-query >/dev/null 2>&1 || exit 0 # not Debian: nothing can be said here
missing=""
for package in $wanted; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    # Newer Debians renamed some libraries for 64-bit time; either name will do.
    state64=$(dpkg-query -W -f='${db:Status-Status}' "${package}t64" 2>/dev/null || true)
    [ "$state" = installed ] || [ "$state64" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    echo "Installing Debian packages:$missing"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    apt-get install -y --no-install-recommends $missing >/dev/null 2>&1 || {
        apt-get update >/dev/null
        apt-get install -y --no-install-recommends $missing >/dev/null
    }
else
    echo "Missing Debian packages:$missing" >&2
    echo "Install them with: sudo apt-get install$missing" >&2
    [ "${1:-window}" = venv ] || exit 0 # what can be done without them is done
    exit 1
fi
