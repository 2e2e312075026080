package io.netd.cni;

import java.util.List;
import java.util.Optional;

/** Name service settings that a runtime may put into a container. */
public record CniDns(List<String> nameservers, Optional<String> domain, List<String> search, List<String> options) {
    /** Nothing said. */
    public static final CniDns EMPTY = new CniDns(List.of(), Optional.empty(), List.of(), List.of());

    /** Keeps copies. */
    public CniDns {
        nameservers = List.copyOf(nameservers);
        search = List.copyOf(search);
        options = List.copyOf(options);
    }

    /** Whether nothing is said. */
    public boolean isEmpty() {
        return equals(EMPTY);
    }

    /** Reads {@code nameservers} (or {@code servers}), {@code domain}, {@code search} (or {@code searches}), {@code options}. */
    public static CniDns read(Settings dns) {
        return new CniDns(
                dns.texts(dns.has("nameservers") ? "nameservers" : "servers"),
                dns.text("domain"),
                dns.texts(dns.has("search") ? "search" : "searches"),
                dns.texts("options"));
    }
}
