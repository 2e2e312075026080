package io.netd.netctl.command;

import io.netd.netctl.api.PublishedPort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code netctl port}. */
@Command(name = "port", description = "List port mappings or a specific mapping for the container")
final class Port implements NetctlCommand {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_DIGITS = 9;

    @Parameters(index = "0", paramLabel = "CONTAINER")
    private String container = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "PRIVATE_PORT[/PROTO]")
    private Optional<String> wanted = Optional.empty();

    @Mixin
    private FormatOption format = new FormatOption();

    @Override
    public int run(Session session) {
        Optional<String> end = wanted.filter(text -> !text.isEmpty()).map(Port::containerEnd);
        List<PublishedPort> ports = session.netd().ports(container).stream()
                .filter(PublishedPort::isPublished)
                .filter(port -> end.isEmpty() || PortText.containerEnd(port).equals(end.get()))
                .toList();
        if (end.isPresent() && ports.isEmpty()) {
            session.err().println("no public port '" + wanted.orElse("") + "' published for " + container);
            return 1;
        }
        ports.stream()
                .map(port -> format.text(document(port))
                        .orElseGet(() ->
                                (end.isPresent() ? "" : PortText.containerEnd(port) + " -> ") + PortText.hostEnd(port)))
                .sorted(NaturalOrder.INSTANCE)
                .forEach(session.out()::println);
        return 0;
    }

    private static Map<String, Object> document(PublishedPort port) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("ContainerPort", port.containerPort());
        document.put("Protocol", port.protocol());
        document.put("HostIp", port.hostIp());
        document.put("HostPort", port.hostPort());
        return document;
    }

    /** The argument in full, as {@code 80/tcp}; refused in the words of moby's {@code network.ParsePort}. */
    private static String containerEnd(String text) {
        int slash = text.indexOf('/');
        String number = slash < 0 ? text : text.substring(0, slash);
        String protocol = slash < 0 ? "" : text.substring(slash + 1).toLowerCase(Locale.ROOT);
        return number(number) + "/" + (protocol.isEmpty() ? "tcp" : protocol);
    }

    private static int number(String text) {
        if (text.isEmpty()) {
            throw invalid(text, "value is empty");
        }
        if (!text.matches("[0-9]+")) {
            throw invalid(text, "invalid syntax");
        }
        int number = text.length() > MAX_DIGITS ? Integer.MAX_VALUE : Integer.parseInt(text);
        if (number > MAX_PORT) {
            throw invalid(text, "value out of range");
        }
        return number;
    }

    private static IllegalArgumentException invalid(String text, String reason) {
        return new IllegalArgumentException("invalid port '" + text + "': " + reason);
    }
}
