package io.netd.netlink.wire;

import io.netd.address.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The attributes of a message or of a nested attribute, in the order received. Valid until the next receive. */
public final class Attributes implements Iterable<Attribute> {
    private static final int HEADER = 4;

    private final List<Attribute> all;

    private Attributes(List<Attribute> all) {
        this.all = all;
    }

    /**
     * Reads the attributes from the buffer's position to its limit.
     *
     * @throws MalformedMessageException when a length points outside
     */
    public static Attributes parse(ByteBuffer buffer) {
        List<Attribute> found = new ArrayList<>();
        ByteBuffer view = buffer.duplicate().order(ByteOrder.nativeOrder());
        int at = view.position();
        while (view.limit() - at >= HEADER) {
            int length = view.getShort(at) & 0xffff;
            if (length < HEADER || length > view.limit() - at) {
                throw new MalformedMessageException("attribute length " + length + ", left " + (view.limit() - at));
            }
            int type = view.getShort(at + 2) & Netlink.NLA_TYPE_MASK;
            ByteBuffer value =
                    view.slice(at + HEADER, length - HEADER).asReadOnlyBuffer().order(ByteOrder.nativeOrder());
            found.add(new Attribute(type, value));
            at += Netlink.align(length);
        }
        return new Attributes(found);
    }

    /** The last attribute of this type: like the kernel's own parser, a later one wins. */
    public Optional<Attribute> find(int type) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).type() == type) {
                return Optional.of(all.get(i));
            }
        }
        return Optional.empty();
    }

    /** Whether the attribute is there. */
    public boolean has(int type) {
        return find(type).isPresent();
    }

    /** The 32-bit number in native order under this type. */
    public OptionalInt u32(int type) {
        Optional<Attribute> found = find(type);
        return found.isPresent() ? OptionalInt.of(found.get().u32()) : OptionalInt.empty();
    }

    /** The text under this type. */
    public Optional<String> text(int type) {
        return find(type).map(Attribute::text);
    }

    /** The address under this type. */
    public Optional<IpAddress> ip(int type) {
        return find(type).map(Attribute::ip);
    }

    /** The attributes nested under this type; none when it is absent. */
    public Attributes nested(int type) {
        return find(type).map(Attribute::nested).orElseGet(() -> new Attributes(List.of()));
    }

    @Override
    public Iterator<Attribute> iterator() {
        return all.iterator();
    }
}
