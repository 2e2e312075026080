package io.netd.ipam;

import io.netd.cni.CniDns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the text of a {@code resolv.conf}; lines that say nothing known are left out, as the resolver does. */
public final class ResolvConf {
    private ResolvConf() {}

    /** The name service settings of a file's text. */
    public static CniDns parse(String text) {
        List<String> nameservers = new ArrayList<>();
        List<String> search = new ArrayList<>();
        List<String> options = new ArrayList<>();
        Optional<String> domain = Optional.empty();
        for (String line : text.lines().toList()) {
            List<String> words = Arrays.asList(line.strip().split("\\s+"));
            if (words.size() < 2) {
                continue;
            }
            switch (words.get(0)) {
                case "nameserver" -> nameservers.add(words.get(1));
                case "domain" -> domain = Optional.of(words.get(1));
                case "search" -> search.addAll(words.subList(1, words.size()));
                case "options" -> options.addAll(words.subList(1, words.size()));
                default -> {}
            }
        }
        return new CniDns(nameservers, domain, search, options);
    }
}
