package io.netd.netlink.route;

import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.netlink.NetlinkException;
import io.netd.netlink.jna.Answer;
import io.netd.netlink.jna.Failure;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import io.netd.netlink.wire.Netlink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one interface of a container is to be: lo and itself up, these addresses, these routes. IPv4 addresses are announced to
 * the neighbours (arp_notify).
 *
 * @param index the interface, in the namespace of the socket used
 * @param routes routes over it; their {@code outIndex} is taken as it is
 * @param addressFlags {@code IFA_F_*} of all addresses
 */
public record InterfaceSetup(int index, List<IpPrefix> addresses, List<Route> routes, int addressFlags) {
    /** With IPv6 addresses that are usable at once: the allocator knows that nobody else has them. */
    public InterfaceSetup(int index, List<IpPrefix> addresses, List<Route> routes) {
        this(index, addresses, routes, Rtnetlink.IFA_F_NODAD);
    }

    /** Copies the lists. */
    public InterfaceSetup {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    /** Whether the kernel looks for others that have an IPv6 address before it can be used. */
    public boolean detectsDuplicates() {
        return (addressFlags & Rtnetlink.IFA_F_NODAD) == 0;
    }

    void execute(NetlinkSocket socket) {
        MessageWriter writer = new MessageWriter();
        List<String> steps = write(writer);
        Answer<Message> answer = socket.send("set up link " + index, writer);
        Optional<Failure> failure = answer.failure();
        if (failure.isPresent()) {
            Failure first = failure.get();
            throw new NetlinkException(first.errno(), steps.get(first.index()), first.text());
        }
    }

    /** Writes the batch and returns what each message is for. */
    List<String> write(MessageWriter writer) {
        List<String> steps = new ArrayList<>();
        LinkCodec.change(writer, IfLink.LOOPBACK_IFINDEX, IfLink.IFF_UP, IfLink.IFF_UP);
        steps.add("set lo up");
        if (addresses.stream().anyMatch(address -> address.family() == IpFamily.IPV4)) {
            // The address may have been another container's a moment ago: neighbours hear of the new hardware address
            // at once.
            LinkCodec.announce(LinkCodec.change(writer, index, 0, 0));
            steps.add("set arp_notify of link " + index);
        }
        for (IpPrefix address : addresses) {
            AddressCodec.add(writer, index, address, addressFlags);
            steps.add("add address " + address + " to link " + index);
        }
        // After the addresses: with arp_notify the kernel announces those that a link has when it comes up.
        LinkCodec.change(writer, index, IfLink.IFF_UP, IfLink.IFF_UP);
        steps.add("set link " + index + " up");
        for (Route route : routes) {
            RouteCodec.add(writer, route, Netlink.NLM_F_EXCL);
            steps.add("add route " + route.text());
        }
        return steps;
    }
}
