package io.netd.runtime.image;

import io.netd.runtime.ContainerException;
import java.util.regex.Pattern;

/** An image's name and tag, in docker's grammar; the tag is {@code latest} when none is given. */
record ImageReference(String name, String tag) {
    private static final String WORD = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final String DOMAIN = "(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::[0-9]+)?/)?";
    private static final Pattern NAME = Pattern.compile(DOMAIN + WORD + "(?:/" + WORD + ")*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final int LONGEST = 255;

    static ImageReference parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean tagged = colon > text.lastIndexOf('/');
        String name = withoutHub(tagged ? text.substring(0, colon) : text);
        String tag = tagged ? text.substring(colon + 1) : "latest";
        if (text.length() > LONGEST
                || !NAME.matcher(name).matches()
                || !TAG.matcher(tag).matches()) {
            throw ContainerException.invalid("invalid reference format: '" + text + "'");
        }
        return new ImageReference(name, tag);
    }

    /** True for texts that {@link #parse} takes. */
    static boolean isValid(String text) {
        try {
            parse(text);
            return true;
        } catch (ContainerException e) {
            return false;
        }
    }

    private static String withoutHub(String name) {
        String local = name.startsWith("docker.io/") ? name.substring("docker.io/".length()) : name;
        return local.startsWith("library/") ? local.substring("library/".length()) : local;
    }

    @Override
    public String toString() {
        return name + ":" + tag;
    }
}
