package io.netd.trace;

import io.netd.address.IpFamily;
import io.netd.address.Protocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** A probe as bytes: IPv4 (RFC 791) or IPv6 (RFC 8200) with TCP (RFC 9293), UDP (RFC 768) or SCTP (RFC 9260). Pure. */
final class ProbePacket {
    private static final int SYN = 0x02;
    private static final int RST = 0x04;
    private static final int SEQUENCE = 1;
    private static final int HOPS = 64;
    private static final int TCP_HEADER = 20;
    private static final int WINDOW = 1024;

    private final Probe probe;

    private ProbePacket(Probe probe) {
        this.probe = probe;
    }

    /** What opens a connection: SYN, an empty datagram, or INIT. */
    static byte[] opening(Probe probe) {
        ProbePacket packet = new ProbePacket(probe);
        return packet.behindIp(
                switch (probe.protocol()) {
                    case TCP -> packet.tcp(SYN, SEQUENCE);
                    case UDP -> packet.udp();
                    case SCTP -> packet.sctp();
                });
    }

    /** What ends the connection that a TCP probe has opened, so that the listener does not go on answering. */
    static byte[] reset(Probe probe) {
        ProbePacket packet = new ProbePacket(probe);
        return packet.behindIp(packet.tcp(RST, SEQUENCE + 1));
    }

    private byte[] tcp(int flags, int sequence) {
        ByteBuffer tcp = ports(TCP_HEADER).putInt(sequence).putInt(0);
        tcp.put((byte) (TCP_HEADER / 4 << 4)).put((byte) flags).putShort((short) WINDOW);
        return tcp.putShort(16, checksum(tcp.array())).array();
    }

    private byte[] udp() {
        ByteBuffer udp = ports(8).putShort((short) 8);
        return udp.putShort(6, checksum(udp.array())).array();
    }

    /** An INIT chunk of one stream each way. */
    private byte[] sctp() {
        ByteBuffer sctp = ports(32).putInt(0).putInt(0);
        sctp.put((byte) 1).put((byte) 0).putShort((short) 20);
        sctp.putInt(SEQUENCE)
                .putInt(1 << 16)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(SEQUENCE);
        CRC32C crc = new CRC32C();
        crc.update(sctp.array());
        return sctp.order(ByteOrder.LITTLE_ENDIAN)
                .putInt(8, (int) crc.getValue())
                .array();
    }

    private ByteBuffer ports(int size) {
        return ByteBuffer.allocate(size).putShort((short) probe.sourcePort()).putShort((short) probe.destinationPort());
    }

    /** The checksum of TCP and UDP covers addresses, protocol and length too. */
    private short checksum(byte[] segment) {
        ByteBuffer all = ByteBuffer.allocate(40 + segment.length + segment.length % 2);
        all.put(probe.source().bytes()).put(probe.destination().bytes());
        all.putInt(segment.length).putInt(probe.protocol().number()).put(segment);
        short sum = sum(all.array());
        return sum == 0 && probe.protocol() == Protocol.UDP ? (short) 0xffff : sum;
    }

    private byte[] behindIp(byte[] segment) {
        return probe.family() == IpFamily.IPV4 ? behindIpv4(segment) : behindIpv6(segment);
    }

    private byte[] behindIpv4(byte[] segment) {
        ByteBuffer packet = ByteBuffer.allocate(20 + segment.length);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) packet.capacity());
        packet.putShort((short) SEQUENCE).putShort((short) 0).put((byte) HOPS);
        packet.put((byte) probe.protocol().number()).putShort((short) 0);
        packet.put(probe.source().bytes()).put(probe.destination().bytes());
        packet.putShort(10, sum(packet.array()));
        return packet.put(segment).array();
    }

    private byte[] behindIpv6(byte[] segment) {
        ByteBuffer packet = ByteBuffer.allocate(40 + segment.length);
        packet.putInt(6 << 28).putShort((short) segment.length);
        packet.put((byte) probe.protocol().number()).put((byte) HOPS);
        packet.put(probe.source().bytes()).put(probe.destination().bytes());
        return packet.put(segment).array();
    }

    /** RFC 1071, of an even number of bytes. */
    private static short sum(byte[] bytes) {
        long sum = 0;
        ByteBuffer words = ByteBuffer.wrap(bytes);
        while (words.remaining() >= Short.BYTES) {
            sum += words.getShort() & 0xffff;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (short) ~sum;
    }
}
