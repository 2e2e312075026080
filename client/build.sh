#!/bin/sh
# Builds the client: one static program without libraries, target/netd-client. usage: build.sh VERSION
# With musl where it is: a program of glibc asks the processor for its features at its start, which a virtual machine
# answers slowly.
set -eu
cd "$(dirname "$0")"
version=${1:?usage: build.sh VERSION}
mkdir -p target
${CC:-$(command -v musl-gcc || echo gcc)} -std=c11 -Wall -Wextra -Wconversion -Werror -O2 -fstack-protector-strong \
    -DNETD_VERSION="\"$version\"" ${CFLAGS:-} -static -s -o target/netd-client.new src/main/c/*.c
mv target/netd-client.new target/netd-client
