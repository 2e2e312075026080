package io.netd.cni;

import java.nio.charset.StandardCharsets;

/**
 * A name the kernel takes for an interface: 1 to 15 bytes, not a dot or two, without slash, colon or white space. Nor
 * with a percent sign: the kernel takes that for a pattern, and makes eth0 of eth%d.
 */
public record InterfaceName(String value) {
    private static final int MAX_BYTES = 15;

    /** Refuses what the kernel would, with code 4. */
    public InterfaceName {
        String fault = fault(value);
        if (!fault.isEmpty()) {
            throw new CniException(
                    ErrorCode.INVALID_ENVIRONMENT, "CNI_IFNAME " + Identifier.quoted(value) + ": " + fault);
        }
    }

    private static String fault(String name) {
        if (name.isEmpty()) {
            return "interface name is empty";
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return "interface name is too long (" + MAX_BYTES + " bytes at most)";
        }
        if (name.equals(".") || name.equals("..")) {
            return "interface name is . or ..";
        }
        if (name.indexOf('%') >= 0) {
            return "interface name contains %";
        }
        for (int i = 0; i < name.length(); i++) {
            if (isRefused(name.charAt(i))) {
                return "interface name contains / or : or whitespace characters";
            }
        }
        return "";
    }

    private static boolean isRefused(char c) {
        return c == '/' || c == ':' || c == 0 || c == 0x85 || c == 0xa0 || Character.isWhitespace(c);
    }

    @Override
    public String toString() {
        return value;
    }
}
