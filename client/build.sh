#!/bin/sh
# Builds the client: one static program without libraries, target/netd-client. usage: build.sh VERSION
set -eu
cd "$(dirname "$0")"
version=${1:?usage: build.sh VERSION}
mkdir -p target
${CC:-gcc} -std=c11 -Wall -Wextra -Wconversion -Werror -O2 -fstack-protector-strong -D_FORTIFY_SOURCE=2 \
    -DNETD_VERSION="\"$version\"" ${CFLAGS:-} -static -s -o target/netd-client.new src/main/c/*.c
mv target/netd-client.new target/netd-client
