package io.netd.engine.network;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * IPv6 subnets that are nobody else's (RFC 4193): one /48 of this host's own, cut to /64.
 *
 * @param base the /48
 */
record UniqueLocal(IpPrefix base) {
    private static final int GLOBAL_ID_BYTES = 5;
    private static final int BYTES = 16;
    private static final int SITE = 48;
    private static final int SUBNET = 64;

    /** Of the host with that id, always the same; of a host without, a random one. */
    static UniqueLocal of(Optional<String> machineId) {
        byte[] globalId = machineId.map(UniqueLocal::digest).orElseGet(UniqueLocal::random);
        byte[] bytes = new byte[BYTES];
        bytes[0] = (byte) 0xfd;
        System.arraycopy(globalId, 0, bytes, 1, GLOBAL_ID_BYTES);
        return new UniqueLocal(new IpPrefix(IpAddress.of(bytes), SITE));
    }

    /** The subnets, lowest first. */
    Stream<IpPrefix> subnets() {
        return LongStream.range(0, 1L << (SUBNET - SITE))
                .mapToObj(number -> new IpPrefix(
                        IpAddress.of(
                                base.family(),
                                base.address()
                                        .number()
                                        .add(BigInteger.valueOf(number).shiftLeft(SUBNET))),
                        SUBNET));
    }

    /** The id itself is not to be told to others. */
    private static byte[] digest(String machineId) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(("netd networks of " + machineId).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] random() {
        byte[] bytes = new byte[GLOBAL_ID_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
