#!/bin/sh
# Writes the class-data archives that make netd start fast: one run of the daemon and one plugin call without it, on a
# throw-away host, for each JDK of this machine. Without root nothing is trained, and netd starts a little later.
set -eu
cd "$(dirname "$0")"
if [ "${1:-}" != inside ]; then
    if [ "$(id -u)" != 0 ] || ! unshare --net --mount true 2>/dev/null; then
        echo "no class-data archives: making them needs root" >&2
        exit 0
    fi
    trained=
    for java in ${NETD_JAVA:-/usr/lib/jvm/*/bin/java}; do
        real=$(readlink -f "$java") && [ -f "${real%/bin/java}/release" ] || continue
        case " $trained " in *" $real "*) continue ;; esac
        trained="$trained $real"
        jdk=${real%/bin/java}
        stamp=$(echo "$jdk" | tr / _)
        made=$(ls target/netd/lib/cds/one-call"$stamp".* 2>/dev/null | head -n 1)
        [ -z "$made" ] || [ -n "$(find target/netd/lib/*.jar target/netd/bin/netd -newer "$made")" ] || continue
        NETD_JAVA=$real timeout --kill-after=5 90 unshare --net --mount --propagation private \
            "$PWD/train.sh" inside "$jdk" "cds/daemon$stamp" "cds/one-call$stamp" ||
            echo "no class-data archives for $real: netd starts a little later" >&2
    done
    exit 0
fi

jdk=$2
daemon_archive=$3
one_call_archive=$4
netd=$PWD/target/netd
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /var/lib
mkdir -p /run/netns
ip link set lo up
ip netns add training
config='{"cniVersion":"1.0.0","name":"training","type":"bridge","bridge":"train0","isGateway":true,"ipMasq":true,
 "ipam":{"type":"host-local","subnet":"10.99.0.0/24","dataDir":"/run/leases"}}'
export CNI_CONTAINERID=training CNI_NETNS=/run/netns/training CNI_IFNAME=eth0 CNI_PATH="$netd/cni"
plugin_calls() {
    for verb in ADD CHECK DEL; do
        stdin=$config
        [ "$verb" = ADD ] || stdin=$(echo "$config" | sed "s#^{#{\"prevResult\":$result,#")
        answer=$(echo "$stdin" | CNI_COMMAND=$verb "$@")
        [ "$verb" != ADD ] || result=$answer
    done
}

mkfifo /run/log
NETD_ARCHIVE=-XX:ArchiveClassesAtExit=$daemon_archive.jsa "$netd/bin/netd" >/run/log 2>&1 &
daemon=$!
exec 3</run/log
while read -r line <&3; do
    case $line in *" is ready after "*) break ;; esac
done
cat <&3 >/dev/null &
plugin_calls "$netd/cni/bridge"
for words in version info ps "network ls" doctor; do
    # shellcheck disable=SC2086 # words of a command
    "$netd/bin/netctl" $words >/dev/null || true
done
kill $daemon
wait $daemon || true

one_call() { # verb, how classes are shared
    echo "$config" | NETD_ARCHIVE=$2 CNI_COMMAND=$1 "$netd/bin/netd" one-call bridge >/run/said 2>&1 || {
        cat /run/said >&2
        return 1
    }
}
# The newer form holds the modules and the linked call sites as well (JEP 514).
if "$jdk/bin/java" -version 2>&1 | grep -q 'version "\(2[5-9]\|[3-9][0-9]\)'; then
    one_call ADD "-XX:AOTCacheOutput=$one_call_archive.aot"
    touch -r "$netd/lib/classpath" "$netd/lib/$one_call_archive.folder"
else
    one_call ADD "-XX:ArchiveClassesAtExit=$one_call_archive.jsa"
fi
one_call DEL -Xshare:auto
