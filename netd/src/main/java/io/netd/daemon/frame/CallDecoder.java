package io.netd.daemon.frame;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the fields of one CALL; fields it does not know are skipped. */
final class CallDecoder {
    private static final int FIELD_HEADER = 5;

    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Map<Descriptor.Kind, Descriptor> descriptors = new EnumMap<>(Descriptor.Kind.class);
    private String name = "";
    private String directory = "";
    private String clientVersion = "";
    private TerminalFacts terminal = TerminalFacts.NONE;
    private Optional<Call.NamespaceNumbers> host = Optional.empty();

    Call decode(byte[] body) {
        ByteBuffer rest = ByteBuffer.wrap(body);
        try {
            while (rest.hasRemaining()) {
                field(rest);
            }
        } catch (BufferUnderflowException e) {
            throw new BrokenFrameException("CALL frame with a field that is cut off");
        }
        if (name.isEmpty()) {
            throw new BrokenFrameException("CALL frame without a name");
        }
        return new Call(name, arguments, environment, directory, descriptors, terminal, clientVersion, host);
    }

    private void field(ByteBuffer rest) {
        if (rest.remaining() < FIELD_HEADER) {
            throw new BufferUnderflowException();
        }
        int tag = rest.get() & 0xff;
        int length = rest.getInt();
        if (length < 0 || length > rest.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer value = rest.slice(rest.position(), length);
        rest.position(rest.position() + length);
        switch (tag) {
            case 1 -> name = text(value);
            case 2 -> arguments.add(text(value));
            case 3 -> variable(text(value));
            case 4 -> directory = text(value);
            case 5 -> descriptor(value);
            case 6 ->
                terminal = new TerminalFacts(value.get() & 7, value.getShort() & 0xffff, value.getShort() & 0xffff);
            case 7 -> clientVersion = text(value);
            case 8 -> host = Optional.of(new Call.NamespaceNumbers(value.getLong(), value.getLong()));
            default -> {}
        }
    }

    private void variable(String text) {
        int equals = text.indexOf('=');
        if (equals > 0) {
            environment.putIfAbsent(text.substring(0, equals), text.substring(equals + 1));
        }
    }

    private void descriptor(ByteBuffer value) {
        int kind = value.get() - 1;
        Descriptor descriptor = new Descriptor(value.getInt());
        if (kind >= 0 && kind < Descriptor.Kind.values().length) {
            descriptors.put(Descriptor.Kind.values()[kind], descriptor);
        }
    }

    private static String text(ByteBuffer value) {
        return new String(
                value.array(), value.arrayOffset() + value.position(), value.remaining(), StandardCharsets.UTF_8);
    }
}
