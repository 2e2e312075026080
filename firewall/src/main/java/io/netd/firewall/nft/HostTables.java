package io.netd.firewall.nft;

import io.netd.address.IpFamily;
import io.netd.firewall.ChainRef;
import io.netd.netlink.nft.ChainName;
import io.netd.netlink.nft.NftChain;
import io.netd.netlink.nft.NftEvent;
import io.netd.netlink.nft.NftFamily;
import io.netd.netlink.nft.NftSocket;
import io.netd.netlink.nft.NftTable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which tables and chains the kernel has, and which of them netd may remove; family by family, as they are read. */
final class HostTables {
    /** Whether something may be removed by netd: it was made by netd, or lets everything pass when it is empty. */
    private record Known(boolean isOurs) {}

    private final Dialect dialect;
    private final Map<IpFamily, Map<String, Known>> tables = new EnumMap<>(IpFamily.class);
    private final Map<ChainRef, Known> chains = new HashMap<>();

    HostTables(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Reads which tables and chains there are, once for each family. */
    void readFamily(NftSocket socket, IpFamily family) {
        if (tables.containsKey(family)) {
            return;
        }
        Map<String, Known> found = new HashMap<>();
        for (NftTable table : socket.tables(NftFamily.of(family))) {
            found.put(table.name(), known(table));
        }
        tables.put(family, found);
        for (NftChain chain : socket.chains(NftFamily.of(family))) {
            dialect.chain(family, chain.table(), chain.name()).ifPresent(ref -> chains.put(ref, known(chain)));
        }
    }

    private Known known(NftTable table) {
        return new Known(dialect.isOurs(table.userData()));
    }

    private Known known(NftChain chain) {
        return new Known(chain.accepts() && dialect.isOurs(chain.userData()));
    }

    void follow(NftEvent.TableMade made) {
        ofFamily(made.family()).ifPresent(found -> found.put(made.table().name(), known(made.table())));
    }

    void follow(NftEvent.TableGone gone) {
        ofFamily(gone.family()).ifPresent(found -> found.remove(gone.table()));
    }

    void follow(NftEvent.ChainMade made) {
        NftChain chain = made.chain();
        chain(made.family(), chain.table(), chain.name()).ifPresent(ref -> chains.put(ref, known(chain)));
    }

    /** Whether anything is known of such a family's addresses. */
    boolean knows(NftFamily family) {
        return ofFamily(family).isPresent();
    }

    private Optional<Map<String, Known>> ofFamily(NftFamily family) {
        return family.addresses().map(tables::get);
    }

    /** Which chain it is, if its family has been read. */
    Optional<ChainRef> chain(ChainName name) {
        return chain(name.family(), name.table(), name.chain());
    }

    private Optional<ChainRef> chain(NftFamily family, String table, String name) {
        return family.addresses()
                .filter(tables::containsKey)
                .flatMap(addresses -> dialect.chain(addresses, table, name));
    }

    boolean hasTable(ChainRef chain) {
        return tables.getOrDefault(chain.family(), Map.of()).containsKey(table(chain));
    }

    boolean hasChain(ChainRef chain) {
        return chains.containsKey(chain);
    }

    boolean isOurs(ChainRef chain) {
        return hasChain(chain) && chains.get(chain).isOurs();
    }

    boolean isOurTable(ChainRef chain) {
        return hasTable(chain) && tables.get(chain.family()).get(table(chain)).isOurs();
    }

    boolean isEmptyTable(ChainRef chain) {
        return chains.keySet().stream()
                .noneMatch(other ->
                        other.family() == chain.family() && table(other).equals(table(chain)));
    }

    void tableMade(ChainRef chain) {
        tables.get(chain.family()).put(table(chain), new Known(true));
    }

    void tableGone(ChainRef chain) {
        tables.get(chain.family()).remove(table(chain));
    }

    void chainMade(ChainRef chain) {
        chains.put(chain, new Known(true));
    }

    void chainGone(ChainRef chain) {
        chains.remove(chain);
    }

    private String table(ChainRef chain) {
        return dialect.name(chain).table();
    }
}
