package io.netd.netctl.output;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;

/** JSON indented by four spaces with {@code "key": value}, as docker inspect prints it. */
final class FourSpaces extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1L;

    FourSpaces() {
        super(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
        indentArraysWith(new DefaultIndenter("    ", "\n"));
        indentObjectsWith(new DefaultIndenter("    ", "\n"));
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
        return new FourSpaces();
    }
}
