package io.netd.runtime.image;

import io.netd.runtime.ContainerException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The name of a tar entry as parts below the root; the root itself has none. Names that lead out of it are refused. */
record EntryName(List<String> parts) {
    private static final int LONGEST_PATH = 4096;
    private static final int LONGEST_PART = 255;

    /** Copies the list. */
    EntryName {
        parts = List.copyOf(parts);
    }

    static EntryName parse(String text) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : text.split("/")) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    throw bad(text, "it leads out of the image");
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(checked(part, text));
            }
        }
        if (size(text) > LONGEST_PATH) {
            throw bad(text.substring(0, LONGEST_PART) + "...", "it is too long");
        }
        return new EntryName(List.copyOf(parts));
    }

    private static String checked(String part, String whole) {
        if (size(part) > LONGEST_PART) {
            throw bad(part.substring(0, 32) + "...", "it is too long");
        }
        if (part.indexOf('\0') >= 0) {
            throw bad(whole.replace('\0', '?'), "it holds a zero byte");
        }
        return part;
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static ContainerException bad(String name, String why) {
        return ContainerException.invalid("archive entry '" + name + "' is refused: " + why);
    }

    boolean isRoot() {
        return parts.isEmpty();
    }

    EntryName parent() {
        return new EntryName(parts.subList(0, parts.size() - 1));
    }

    String last() {
        return parts.get(parts.size() - 1);
    }

    /** Relative to the root. */
    String path() {
        return isRoot() ? "." : String.join("/", parts);
    }
}
