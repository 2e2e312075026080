#!/bin/sh
# Builds the static launcher: build.sh OUTPUT
set -eu
here=$(dirname "$0")
mkdir -p "$(dirname "$1")"
${CC:-gcc} -std=c11 -D_GNU_SOURCE -O2 -g0 -static -Wall -Wextra -Wshadow -Wformat=2 -Wno-format-nonliteral -Werror \
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -ffunction-sections -Wl,--gc-sections -s \
    -o "$1" "$here"/*.c
