package io.netd.firewall.nftables;

import io.netd.firewall.CtState;
import io.netd.netlink.nft.Bitwise;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.Cmp;
import io.netd.netlink.nft.Counter;
import io.netd.netlink.nft.Ct;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Immediate;
import io.netd.netlink.nft.Lookup;
import io.netd.netlink.nft.Masquerade;
import io.netd.netlink.nft.Meta;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.NftElement;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.NftRule;
import io.netd.netlink.nft.NftSocket;
import io.netd.netlink.nft.Payload;
import io.netd.netlink.nft.Range;
import io.netd.netlink.nft.SetName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does with packets what the kernel would, by the rules of table {@code ip netd} as it lists them. */
final class RulesMachine {
    private static final String TABLE = "netd";
    private static final String GOES_ON = "";
    private static final String RETURNS = "return";

    private final NftSocket socket;
    private final Map<String, List<NftRule>> chains = new HashMap<>();
    private final Map<String, List<NftElement>> sets = new HashMap<>();
    private final byte[] registers = new byte[64];

    RulesMachine(NftSocket socket) {
        this.socket = socket;
    }

    /** The verdict over a packet that comes into a chain; "none" at its end. */
    String run(String chain, Packet packet) {
        String verdict = walk(chain, packet);
        return verdict.isEmpty() ? "none" : verdict;
    }

    private String walk(String chain, Packet packet) {
        List<NftRule> rules =
                chains.computeIfAbsent(chain, name -> socket.rules(new ChainName(NftFamily.IP, TABLE, name)));
        for (NftRule rule : rules) {
            String verdict = verdict(rule, packet);
            if (verdict.equals(RETURNS)) {
                return GOES_ON;
            } else if (!verdict.isEmpty()) {
                return verdict;
            }
        }
        return GOES_ON;
    }

    private String verdict(NftRule rule, Packet packet) {
        for (Expression expression : rule.expressions()) {
            if (expression instanceof Immediate immediate) {
                return immediate.chain().map(chain -> walk(chain, packet)).orElseGet(() -> name(immediate.verdict()));
            } else if (expression instanceof Masquerade) {
                return "masquerade";
            } else if (expression instanceof Lookup lookup && lookup.target().isPresent()) {
                return found(lookup)
                        .flatMap(NftElement::jump)
                        .map(chain -> walk(chain, packet))
                        .orElse(GOES_ON);
            } else if (!goesOn(expression, packet)) {
                return GOES_ON;
            }
        }
        return GOES_ON;
    }

    private static String name(int verdict) {
        return switch (verdict) {
            case NfTables.NF_DROP -> "drop";
            case NfTables.NF_ACCEPT -> "accept";
            case NfTables.NFT_RETURN -> RETURNS;
            default -> throw new IllegalArgumentException("verdict " + verdict);
        };
    }

    private boolean goesOn(Expression expression, Packet packet) {
        if (expression instanceof Meta meta) {
            load(meta.register(), meta(meta.key(), packet));
        } else if (expression instanceof Payload payload) {
            load(payload.register(), payload(payload, packet));
        } else if (expression instanceof Ct ct) {
            load(NfTables.NFT_REG_1, ct(ct.key(), packet));
        } else if (expression instanceof Bitwise bitwise) {
            byte[] mask = bitwise.mask().bytes();
            for (int i = 0; i < mask.length; i++) {
                registers[i] &= mask[i];
            }
        } else if (expression instanceof Cmp cmp) {
            return compare(cmp.value()) == 0 != cmp.negated();
        } else if (expression instanceof Range range) {
            return compare(range.from()) >= 0 && compare(range.to()) <= 0;
        } else if (expression instanceof Lookup lookup) {
            return found(lookup).isPresent() != lookup.inverted();
        } else if (!(expression instanceof Counter)) {
            throw new IllegalArgumentException("nobody says what " + expression + " does");
        }
        return true;
    }

    private Optional<NftElement> found(Lookup lookup) {
        return sets
                .computeIfAbsent(lookup.set(), name -> socket.elements(new SetName(NftFamily.IP, TABLE, name)))
                .stream()
                .filter(element -> compare(element.key()) >= 0 && compare(element.last()) <= 0)
                .findFirst();
    }

    private int compare(Data value) {
        return Arrays.compareUnsigned(registers, 0, value.length(), value.bytes(), 0, value.length());
    }

    private void load(int register, byte[] value) {
        int at = register >= NfTables.NFT_REG32_00
                ? (register - NfTables.NFT_REG32_00) * 4
                : (register - NfTables.NFT_REG_1) * 16;
        byte[] whole = Arrays.copyOf(value, (value.length + 3) & -4);
        System.arraycopy(whole, 0, registers, at, whole.length);
    }

    private static byte[] meta(int key, Packet packet) {
        return switch (key) {
            case NfTables.NFT_META_IIFNAME -> Arrays.copyOf(packet.in().getBytes(StandardCharsets.US_ASCII), 16);
            case NfTables.NFT_META_OIFNAME -> Arrays.copyOf(packet.out().getBytes(StandardCharsets.US_ASCII), 16);
            case NfTables.NFT_META_L4PROTO -> new byte[] {6};
            default -> throw new IllegalArgumentException("meta " + key);
        };
    }

    private static byte[] payload(Payload payload, Packet packet) {
        if (payload.base() == NfTables.NFT_PAYLOAD_NETWORK_HEADER) {
            int from = payload.offset() - 12;
            return Arrays.copyOfRange(packet.addresses(), from, from + payload.length());
        }
        return ByteBuffer.allocate(2).putShort((short) packet.port()).array();
    }

    /** NF_CT_STATE_BIT and IPS_DST_NAT. */
    private static byte[] ct(int key, Packet packet) {
        int value = key == NfTables.NFT_CT_STATUS ? (packet.dnat() ? 1 << 5 : 0) : state(packet.state());
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    private static int state(CtState state) {
        return switch (state) {
            case ESTABLISHED -> 1 << 1;
            case RELATED -> 1 << 2;
            case NEW -> 1 << 3;
            default -> throw new IllegalArgumentException("state " + state);
        };
    }
}
