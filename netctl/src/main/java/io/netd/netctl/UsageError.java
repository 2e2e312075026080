package io.netd.netctl;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is wrong with a command line, in docker's words.
 *
 * @param isFlag whether it is about a flag, which has an exit code of its own
 */
record UsageError(String message, boolean isFlag) {
    static UsageError of(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
            return new UsageError("unknown flag: " + unmatched.getUnmatched().get(0), true);
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            return new UsageError(
                    "unexpected argument: " + unmatched.getUnmatched().get(0), false);
        }
        Optional<OptionSpec> withoutValue = e instanceof MissingParameterException missing
                ? option(missing.getMissing().stream().findFirst())
                : Optional.empty();
        if (withoutValue.isPresent() && isAbsent(e)) {
            String name = withoutValue.get().longestName().replaceFirst("^-+", "");
            return new UsageError("required flag(s) \"" + name + "\" not set", false);
        }
        if (withoutValue.isPresent()) {
            return new UsageError(
                    "flag needs an argument: " + withoutValue.get().longestName(), true);
        }
        return option(Optional.ofNullable(e.getArgSpec()))
                .map(option -> new UsageError(wrongValue(option, e), true))
                .orElseGet(() -> new UsageError(Help.lowerFirst(e.getMessage()), false));
    }

    /** picocli throws the same for a flag that is not there at all, in other words. */
    private static boolean isAbsent(ParameterException e) {
        return e.getMessage().startsWith("Missing required option");
    }

    private static Optional<OptionSpec> option(Optional<ArgSpec> argument) {
        return argument.filter(OptionSpec.class::isInstance).map(OptionSpec.class::cast);
    }

    private static String wrongValue(OptionSpec option, ParameterException e) {
        List<String> names = Arrays.stream(option.names())
                .sorted(Comparator.comparingInt(String::length))
                .toList();
        String reason =
                Optional.ofNullable(e.getCause()).map(Throwable::getMessage).orElse(e.getMessage());
        return "invalid argument \"" + e.getValue() + "\" for \"" + String.join(", ", names) + "\" flag: " + reason;
    }
}
