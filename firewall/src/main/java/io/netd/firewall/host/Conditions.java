package io.netd.firewall.host;

import io.netd.firewall.CtState;
import io.netd.netlink.nft.Bitwise;
import io.netd.netlink.nft.Cmp;
import io.netd.netlink.nft.Counter;
import io.netd.netlink.nft.Ct;
import io.netd.netlink.nft.Data;
import io.netd.netlink.nft.Expression;
import io.netd.netlink.nft.Foreign;
import io.netd.netlink.nft.Immediate;
import io.netd.netlink.nft.Meta;
import io.netd.netlink.nft.NfTables;
import io.netd.netlink.nft.XtMatch;
import io.netd.netlink.nft.XtTarget;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares somebody else's rule with a packet of which something is known. */
final class Conditions {
    /** IPS_DST_NAT of linux/netfilter/nf_conntrack_common.h. */
    private static final int IPS_DST_NAT = 1 << 5;

    /** Where struct xt_conntrack_mtinfo3 has match_flags, invert_flags and state_mask. */
    private static final int MATCH_FLAGS = 146;

    private static final int INVERT_FLAGS = 148;
    private static final int STATE_MASK = 150;
    private static final int XT_CONNTRACK_STATE = 1;

    /** What says what becomes of a packet, or tells of it, and is no condition. */
    private static final Set<String> DEEDS = Set.of("reject", "queue", "log");

    private final Probe probe;
    private Optional<Expression> loaded = Optional.empty();
    private Optional<Bitwise> mask = Optional.empty();
    private boolean isNamed;

    private Conditions(Probe probe) {
        this.probe = probe;
    }

    static Fit of(List<Expression> rule, Probe probe) {
        Conditions conditions = new Conditions(probe);
        boolean isSure = true;
        for (Expression expression : rule) {
            Optional<Boolean> met = conditions.met(expression);
            if (met.equals(Optional.of(false))) {
                return Fit.UNMET;
            }
            isSure &= met.isPresent();
        }
        if (isSure) {
            return Fit.MET;
        }
        return conditions.isNamed ? Fit.NAMED : Fit.UNKNOWN;
    }

    /** Whether the packet gets past the expression; absent when that is not known. */
    private Optional<Boolean> met(Expression expression) {
        if (expression instanceof Meta || expression instanceof Ct) {
            loaded = Optional.of(expression);
            mask = Optional.empty();
            return Optional.of(true);
        } else if (expression instanceof Bitwise bitwise) {
            mask = Optional.of(bitwise);
            return Optional.of(true);
        } else if (expression instanceof Cmp comparison) {
            return compared(comparison).map(equal -> equal != comparison.negated());
        } else if (expression instanceof XtMatch match) {
            return matched(match);
        }
        boolean isDeed = expression instanceof Counter
                || expression instanceof Immediate
                || expression instanceof XtTarget
                || expression instanceof Foreign foreign && DEEDS.contains(foreign.kind());
        if (!isDeed) {
            loaded = Optional.empty();
        }
        return isDeed ? Optional.of(true) : Optional.empty();
    }

    private Optional<Boolean> compared(Cmp comparison) {
        if (loaded.isEmpty()) {
            return Optional.empty();
        }
        if (loaded.get() instanceof Ct ct) {
            return known(ct).map(bits -> (bits & mask()) == number(comparison.value()));
        }
        Meta meta = (Meta) loaded.get();
        if (meta.key() != NfTables.NFT_META_IIFNAME && meta.key() != NfTables.NFT_META_OIFNAME) {
            return Optional.empty();
        }
        Optional<String> name = meta.key() == NfTables.NFT_META_IIFNAME ? probe.in() : probe.out();
        Optional<Boolean> equal = name.map(known -> isName(known, comparison.value()));
        isNamed |= equal.isPresent();
        return equal;
    }

    /** A pattern such as {@code docker+} ends without a zero. */
    private static boolean isName(String name, Data wanted) {
        String text = new String(wanted.bytes(), StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? name.startsWith(text) : name.equals(text.substring(0, end));
    }

    /** The value, as far as the rule looks at it. */
    private Optional<Integer> known(Ct ct) {
        if (ct.key() == NfTables.NFT_CT_STATE) {
            return Optional.of(CtState.NEW.bit());
        }
        boolean isOfTranslation = ct.key() == NfTables.NFT_CT_STATUS && mask() == IPS_DST_NAT;
        return isOfTranslation ? Optional.of(probe.translated() ? IPS_DST_NAT : 0) : Optional.empty();
    }

    private int mask() {
        return mask.map(found -> number(found.mask())).orElse(-1);
    }

    private static int number(Data value) {
        return buffer(value.padded(Integer.BYTES)).getInt(0);
    }

    private Optional<Boolean> matched(XtMatch match) {
        if (match.name().equals("comment")) {
            return Optional.of(true);
        }
        if (!match.name().equals("conntrack") || match.info().length() < STATE_MASK + Short.BYTES) {
            return Optional.empty();
        }
        ByteBuffer info = buffer(match.info());
        if (info.getShort(MATCH_FLAGS) != XT_CONNTRACK_STATE) {
            return Optional.empty();
        }
        int states = CtState.NEW.bit() | (probe.translated() ? CtState.DNAT.bit() : 0);
        boolean isOne = (info.getShort(STATE_MASK) & states) != 0;
        return Optional.of(isOne == (info.getShort(INVERT_FLAGS) == 0));
    }

    private static ByteBuffer buffer(Data data) {
        return ByteBuffer.wrap(data.bytes()).order(ByteOrder.nativeOrder());
    }
}
