#!/bin/sh
# Lays out dist/target/netd from what the other modules built: bin, cni, lib.
set -eu
cd "$(dirname "$0")"
out=target/netd
mkdir -p "$out/bin" "$out/cni" "$out/lib/native" "$out/lib/cds"

cmp -s src/main/bin/netd "$out/bin/netd" || install -m 755 src/main/bin/netd "$out/bin/netd"
install -m 755 ../client/target/netd-client "$out/bin/netctl.new"
mv "$out/bin/netctl.new" "$out/bin/netctl"
for plugin in bridge ptp host none container portmap tuning firewall bandwidth host-local static loopback; do
    ln -f "$out/bin/netctl" "$out/cni/$plugin"
done
install -m 755 ../runtime-min/target/netd-launch "$out/lib/netd-launch.new"
mv "$out/lib/netd-launch.new" "$out/lib/netd-launch"
if [ -d src/main/systemd ]; then
    mkdir -p "$out/lib/systemd"
    cp src/main/systemd/* "$out/lib/systemd/"
fi

# Natives beside the jars: a JVM that unpacks them into /tmp would leave them there when it is killed.
arch=$(uname -m)
jna_arch=$arch
[ "$arch" = x86_64 ] && jna_arch=x86-64
for entry in "jna-:com/sun/jna/linux-$jna_arch/libjnidispatch.so" "jffi-:jni/$arch-Linux/libjffi-1.2.so" \
    "netty-transport-native-epoll-:META-INF/native/libnetty_transport_native_epoll_$arch.so"; do
    for jar in "$out"/lib/"${entry%%:*}"*.jar; do
        unzip -jqo "$jar" "${entry#*:}" -d "$out/lib/native" 2>/dev/null || true
    done
done
ls "$out"/lib/native/libjnidispatch.so "$out"/lib/native/libjffi-1.2.so >/dev/null

(cd "$out/lib" && ls ./*.jar | tr '\n' ':' | sed 's/:$//' && echo) >"$out/lib/classpath.new"
if cmp -s "$out/lib/classpath.new" "$out/lib/classpath"; then
    rm "$out/lib/classpath.new"
else
    mv "$out/lib/classpath.new" "$out/lib/classpath"
fi

# A JVM takes no archive of other jars. train.sh makes new ones.
for archive in "$out"/lib/cds/*.jsa "$out"/lib/cds/*.aot; do
    [ ! -f "$archive" ] || [ -z "$(find "$out"/lib/*.jar "$out/bin/netd" -newer "$archive")" ] || rm -f "$archive"
done
