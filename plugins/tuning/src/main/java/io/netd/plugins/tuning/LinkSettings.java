package io.netd.plugins.tuning;

import io.netd.address.MacAddress;
import io.netd.cni.Settings;
import io.netd.netlink.route.Link;
import io.netd.netlink.route.Links;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Some settings of an interface: those that are wanted, or those it had before. What is empty is left alone. */
record LinkSettings(
        Optional<MacAddress> mac,
        Optional<Boolean> promisc,
        Optional<Integer> mtu,
        Optional<Boolean> allmulti,
        Optional<Integer> txQLen) {
    private static final String MAC = "mac";
    private static final String PROMISC = "promisc";
    private static final String MTU = "mtu";
    private static final String ALLMULTI = "allmulti";
    private static final String TXQLEN = "txQLen";

    /**
     * Reads the keys that are there; as in the reference plugin an MTU of 0 is none.
     *
     * @throws io.netd.cni.CniException with code 7 naming the first value that is wrong
     */
    static LinkSettings read(Settings settings) {
        return new LinkSettings(
                settings.value(MAC, MacAddress::parse),
                flag(settings, PROMISC),
                number(settings, MTU),
                flag(settings, ALLMULTI),
                number(settings, TXQLEN));
    }

    private static Optional<Boolean> flag(Settings settings, String key) {
        return settings.has(key) ? Optional.of(settings.flag(key, false)) : Optional.empty();
    }

    private static Optional<Integer> number(Settings settings, String key) {
        return settings.integer(key, 0, Integer.MAX_VALUE).stream().boxed().findFirst();
    }

    /** These settings with others in the place of those that the others hold. */
    LinkSettings overriddenBy(LinkSettings others) {
        return new LinkSettings(
                others.mac.or(() -> mac),
                others.promisc.or(() -> promisc),
                others.mtu.or(() -> mtu),
                others.allmulti.or(() -> allmulti),
                others.txQLen.or(() -> txQLen));
    }

    /** Without those whose value asks for nothing: the reference plugin never switches promiscuous mode off. */
    LinkSettings effective() {
        return new LinkSettings(mac, promisc.filter(on -> on), mtu.filter(bytes -> bytes != 0), allmulti, txQLen);
    }

    boolean isEmpty() {
        return mac.isEmpty() && promisc.isEmpty() && mtu.isEmpty() && allmulti.isEmpty() && txQLen.isEmpty();
    }

    /** What a link has now in the place of each of these settings. */
    LinkSettings of(Link link) {
        return new LinkSettings(
                mac.flatMap(wanted -> link.mac()),
                promisc.map(wanted -> link.promiscuous()),
                mtu.map(wanted -> link.mtu()),
                allmulti.map(wanted -> link.allMulticast()),
                txQLen.map(wanted -> link.txQueueLength()));
    }

    /** What gives a link these settings, one step each. */
    List<Runnable> steps(Links links, int index) {
        List<Runnable> steps = new ArrayList<>();
        mac.ifPresent(wanted -> steps.add(() -> links.setMac(index, wanted)));
        promisc.ifPresent(wanted -> steps.add(() -> links.setPromiscuous(index, wanted)));
        mtu.ifPresent(wanted -> steps.add(() -> links.setMtu(index, wanted)));
        allmulti.ifPresent(wanted -> steps.add(() -> links.setAllMulticast(index, wanted)));
        txQLen.ifPresent(wanted -> steps.add(() -> links.setTxQueueLength(index, wanted)));
        return steps;
    }

    /** The settings by their keys, in the order in which the reference plugin writes them. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        mac.ifPresent(value -> values.put(MAC, value.toString()));
        promisc.ifPresent(value -> values.put(PROMISC, value));
        mtu.ifPresent(value -> values.put(MTU, value));
        allmulti.ifPresent(value -> values.put(ALLMULTI, value));
        txQLen.ifPresent(value -> values.put(TXQLEN, value));
        return values;
    }
}
