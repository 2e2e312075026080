package io.netd.firewall;

/**
 * Who wants a set of rules: {@code network/bridge}, {@code attachment/<id>/<ifname>/<plugin type>}.
 *
 * @param value the name, unique on one host
 */
public record Owner(String value) {
    public Owner {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("an owner needs a name");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
