package io.netd.netlink.nft;

import io.netd.netlink.wire.Attribute;
import io.netd.netlink.wire.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule that is there.
 *
 * @param handle the kernel's number of it, unique in its table as long as that lives
 * @param expressions what it consists of
 */
public record NftRule(long handle, List<Expression> expressions) {
    /** Copies the list. */
    public NftRule {
        expressions = List.copyOf(expressions);
    }

    static NftRule read(Message message) {
        var attributes = message.attributes(NfTables.NFGENMSG);
        List<Expression> expressions = new ArrayList<>();
        for (Attribute element : attributes.nested(NfTables.NFTA_RULE_EXPRESSIONS)) {
            expressions.add(Expression.read(element.nested()));
        }
        return new NftRule(handle(message), expressions);
    }

    static long handle(Message message) {
        return message.attributes(NfTables.NFGENMSG)
                .find(NfTables.NFTA_RULE_HANDLE)
                .map(Attribute::be64)
                .orElse(0L);
    }
}
