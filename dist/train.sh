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

# Calls without a daemon: a chain comes, is checked and goes, and one call is refused.
network='"cniVersion":"1.0.0","name":"training"'
call() { # verb, plugin, what its configuration holds besides
    echo "$1 $2 {$network,\"type\":\"$2\",$3}"
}
bridge() { # verb [what the chain gave]
    call "$1" bridge "\"bridge\":\"train1\",\"isGateway\":true,\"ipMasq\":true,\"hairpinMode\":true${2:-},
        \"ipam\":{\"type\":\"host-local\",\"subnet\":\"10.98.0.0/24\",\"dataDir\":\"/run/leases\"}" | tr -d '\n'
    echo
}
rest_of_chain() { # verb
    call "$1" portmap "\"runtimeConfig\":{\"portMappings\":[{\"hostPort\":8080,\"containerPort\":80,\"protocol\":\"tcp\"}]},$given"
    call "$1" firewall "$given"
    call "$1" tuning "\"sysctl\":{\"net.ipv4.conf.eth0.log_martians\":\"1\"},$given"
}
given='"prevResult":#RESULT'
{
    bridge ADD
    rest_of_chain ADD
    bridge CHECK ",$given"
    rest_of_chain CHECK
    rest_of_chain DEL
    bridge DEL ",$given"
    call ADD bridge '"bridge":7'
} >/run/calls
# The newer form holds the modules and the linked call sites as well (JEP 514).
sharing=-XX:ArchiveClassesAtExit=$one_call_archive.jsa
if "$jdk/bin/java" -version 2>&1 | grep -q 'version "\(2[5-9]\|[3-9][0-9]\)'; then
    sharing=-XX:AOTCacheOutput=$one_call_archive.aot
fi
NETD_ARCHIVE=$sharing "$netd/bin/netd" one-call-training </run/calls >/run/said 2>/run/troubles
if [ "$(grep -c '^[A-Z]* [a-z]* 0 ' /run/said)" != 12 ]; then
    cat /run/said /run/troubles >&2
    exit 1
fi
[ ! -f "$netd/lib/$one_call_archive.aot" ] || touch -r "$netd/lib/classpath" "$netd/lib/$one_call_archive.folder"
