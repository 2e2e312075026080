package io.netd.netlink.wire;

import io.netd.address.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The attributes of a message or of a nested attribute, in the order received. A view of the receive buffer, valid until
 * the next receive: a link has some fifty attributes, of which a caller wants a few.
 */
public final class Attributes implements Iterable<Attribute> {
    private static final int HEADER = 4;
    private static final Attributes NONE = new Attributes(ByteBuffer.allocate(0));
    private static final int ABSENT = -1;

    private final ByteBuffer view;

    private Attributes(ByteBuffer view) {
        this.view = view;
    }

    /**
     * Reads the attributes from the buffer's position to its limit.
     *
     * @throws MalformedMessageException when a length points outside
     */
    public static Attributes parse(ByteBuffer buffer) {
        Attributes all = new Attributes(buffer.duplicate().order(ByteOrder.nativeOrder()));
        for (int at = all.view.position(); all.isAt(at); at = all.next(at)) {
            int length = all.length(at);
            int left = all.view.limit() - at;
            if (length < HEADER || length > left) {
                throw new MalformedMessageException("attribute length " + length + ", left " + left);
            }
        }
        return all;
    }

    /** The last attribute of this type: like the kernel's own parser, a later one wins. */
    public Optional<Attribute> find(int type) {
        int found = ABSENT;
        for (int at = view.position(); isAt(at); at = next(at)) {
            if (type(at) == type) {
                found = at;
            }
        }
        return found == ABSENT ? Optional.empty() : Optional.of(attribute(found));
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
        return find(type).map(Attribute::nested).orElse(NONE);
    }

    @Override
    public Iterator<Attribute> iterator() {
        return new Iterator<>() {
            private int at = view.position();

            @Override
            public boolean hasNext() {
                return isAt(at);
            }

            @Override
            public Attribute next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Attribute attribute = attribute(at);
                at = Attributes.this.next(at);
                return attribute;
            }
        };
    }

    private boolean isAt(int at) {
        return view.limit() - at >= HEADER;
    }

    private int next(int at) {
        return at + Netlink.align(length(at));
    }

    private int length(int at) {
        return view.getShort(at) & 0xffff;
    }

    private int type(int at) {
        return view.getShort(at + 2) & Netlink.NLA_TYPE_MASK;
    }

    private Attribute attribute(int at) {
        ByteBuffer value = view.slice(at + HEADER, length(at) - HEADER);
        return new Attribute(type(at), value.asReadOnlyBuffer().order(ByteOrder.nativeOrder()));
    }
}
