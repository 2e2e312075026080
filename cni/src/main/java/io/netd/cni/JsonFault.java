package io.netd.cni;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** What is wrong with a JSON text, for a person who does not know the parser. */
public final class JsonFault {
    /** Where the unfinished thing began, where a limit comes from, and what could be switched on. */
    private static final String PARSERS_WORDS =
            " \\((start marker at|not recognized as one since|consider enabling) .*\\)"
                    + "|, from `[^`]*`|: enable `[^`]*` to allow";

    /** A place in a text that is not told for fear of secrets. */
    private static final String SOURCE = "\\[Source: [^;]*; (line: \\d+, column: \\d+)]";

    private JsonFault() {}

    /** The fault without its place. */
    public static String text(JsonProcessingException failure) {
        // The parser itself is content with the text: only what follows it can be wrong.
        return failure instanceof MismatchedInputException
                ? "something follows the object"
                : failure.getOriginalMessage().replaceAll(PARSERS_WORDS, "").replaceAll(SOURCE, "$1");
    }
}
