package io.netd.netlink.route;

import io.netd.address.IpPrefix;
import io.netd.linux.sys.Errno;
import io.netd.netlink.jna.Answer;
import io.netd.netlink.jna.NetlinkSocket;
import io.netd.netlink.wire.Message;
import io.netd.netlink.wire.MessageWriter;
import java.util.List;

/** Addresses of one namespace's devices. Unexpected refusals are a {@code NetlinkException} with the kernel's text. */
public final class Addresses {
    private final NetlinkSocket socket;

    Addresses(NetlinkSocket socket) {
        this.socket = socket;
    }

    /**
     * Gives a device an address.
     *
     * @param flags {@code IFA_F_*}: NODAD makes an IPv6 address usable at once
     * @return false when the device has it already
     */
    public boolean add(int index, IpPrefix prefix, int flags) {
        MessageWriter writer = AddressCodec.add(new MessageWriter(), index, prefix, flags);
        return socket.send("add address " + prefix + " to link " + index, writer)
                .unless(Errno.EEXIST);
    }

    /**
     * Takes an address away.
     *
     * @return false when the device, or the address on it, is gone already
     */
    public boolean remove(int index, IpPrefix prefix) {
        MessageWriter writer = AddressCodec.remove(new MessageWriter(), index, prefix);
        Answer<Message> answer = socket.send("remove address " + prefix + " from link " + index, writer);
        return !answer.failedWith(Errno.ENODEV) && answer.unless(Errno.EADDRNOTAVAIL);
    }

    /** The addresses of one device; of every device with 0. Empty when the device is gone. */
    public List<InterfaceAddress> list(int index) {
        Answer<InterfaceAddress> answer =
                socket.ask("list addresses", AddressCodec.list(new MessageWriter(), index), AddressCodec::decode);
        if (answer.failedWith(Errno.ENODEV)) {
            return List.of();
        }
        // Kernels before 4.20 do not filter.
        return answer.orThrow().stream()
                .filter(address -> index == 0 || address.index() == index)
                .toList();
    }

    /** The addresses of every device. */
    public List<InterfaceAddress> list() {
        return list(0);
    }
}
