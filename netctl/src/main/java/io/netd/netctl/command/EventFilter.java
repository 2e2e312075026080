package io.netd.netctl.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** One {@code --filter}: which key, and the value it must have. */
record EventFilter(String key, String value) {
    /** Reads {@code KEY=VALUE} off a command line. */
    static final class Converter implements ITypeConverter<EventFilter> {
        @Override
        public EventFilter convert(String text) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw new TypeConversionException("bad format of filter (expected name=value)");
            }
            return new EventFilter(text.substring(0, equals), text.substring(equals + 1));
        }
    }
}
