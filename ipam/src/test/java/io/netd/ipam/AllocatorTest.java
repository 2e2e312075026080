package io.netd.ipam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netd.address.IpAddress;
import io.netd.address.IpPrefix;
import io.netd.address.testing.Generated;
import io.netd.cni.CniException;
import io.netd.cni.ErrorCode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AllocatorTest {
    private final Set<IpAddress> taken = new HashSet<>();
    private final Map<Integer, IpAddress> last = new HashMap<>();

    @Test
    void roundRobinGoesOnAfterTheLastAndWraps() {
        IpamConfig config = IpamConfigTest.ipam("'subnet':'10.1.2.0/29'");

        assertThat(List.of(next(config), next(config), next(config)))
                .containsExactly("10.1.2.2/29", "10.1.2.3/29", "10.1.2.4/29");
        taken.remove(IpAddress.parse("10.1.2.2"));
        assertThat(List.of(next(config), next(config), next(config)))
                .containsExactly("10.1.2.5/29", "10.1.2.6/29", "10.1.2.2/29");
    }

    @Test
    void lowestFreeFillsTheGap() {
        IpamConfig config = IpamConfigTest.ipam("'subnet':'10.1.2.0/29','netd':{'order':'lowest'}");

        assertThat(List.of(next(config), next(config))).containsExactly("10.1.2.2/29", "10.1.2.3/29");
        taken.remove(IpAddress.parse("10.1.2.2"));
        assertThat(next(config)).isEqualTo("10.1.2.2/29");
    }

    @Test
    void aFullSetIsNamed() {
        IpamConfig config = IpamConfigTest.ipam("'subnet':'10.1.2.0/30'");
        next(config);

        assertRefused(
                config,
                ErrorCode.TRY_LATER,
                "failed to allocate for range 0: no IP addresses available in range set: 10.1.2.1-10.1.2.2");
    }

    @Test
    void aRangeOfOnlyTheGatewayIsFullAtOnce() {
        assertRefused(
                IpamConfigTest.ipam("'subnet':'10.1.2.0/24','rangeStart':'10.1.2.1','rangeEnd':'10.1.2.1'"),
                ErrorCode.TRY_LATER,
                "failed to allocate for range 0: no IP addresses available in range set: 10.1.2.1-10.1.2.1");
    }

    @Test
    void theSetGoesOnInItsNextRange() {
        IpamConfig config = IpamConfigTest.ipam("'ranges':[[{'subnet':'10.1.2.0/30'},{'subnet':'10.1.9.0/30'}]]");

        assertThat(List.of(next(config), next(config))).containsExactly("10.1.2.2/30", "10.1.9.2/30");
    }

    @Test
    void oneAddressOfEachFamily() {
        IpamConfig config = IpamConfigTest.ipam(
                "'ranges':[[{'subnet':'10.1.2.0/24'}],[{'subnet':'fd00::/64','gateway':'fd00::5'}]]");

        assertThat(allocate(config).stream().map(address -> address.address() + " via " + address.gateway()))
                .containsExactly("10.1.2.2/24 via 10.1.2.1", "fd00::1/64 via fd00::5");
    }

    @Test
    void aRequestedAddressIsGivenWhenItMayBe() {
        assertThat(next(requesting("10.1.2.77"))).isEqualTo("10.1.2.77/24");
        assertRefused(
                requesting("10.1.2.77"),
                ErrorCode.TRY_LATER,
                "failed to allocate for range 0: requested IP address 10.1.2.77 is not available in range set"
                        + " 10.1.2.1-10.1.2.254");
        assertRefused(
                requesting("10.1.2.1"),
                ErrorCode.INVALID_CONFIG,
                "failed to allocate for range 0: requested ip 10.1.2.1 is subnet's gateway");
        for (String outside : List.of("10.1.3.1", "10.1.2.0", "10.1.2.255", "fd00::1")) {
            assertRefused(
                    requesting(outside), ErrorCode.INVALID_CONFIG, "failed to allocate all requested IPs: " + outside);
        }
    }

    @Test
    void aHugeSubnetIsNoMatter() {
        IpamConfig config = IpamConfigTest.ipam("'subnet':'fd00::/16'");
        last.put(0, IpAddress.parse("fd00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));

        assertThat(next(config)).isEqualTo("fd00::2/16");
    }

    @Test
    void everyAddressOnceAndNeverASpecialOne() {
        Generated.times(300, random -> {
            IpamConfig config = config(random);
            int held = Generated.integer(random, 0, 3);
            Set<IpAddress> given = new HashSet<>();
            RangeSet set = config.sets().get(0);
            taken.clear();
            last.clear();
            set.ranges().stream()
                    .map(Range::end)
                    .filter(end -> !set.isGateway(end))
                    .limit(held)
                    .forEach(taken::add);
            Set<IpAddress> before = Set.copyOf(taken);
            try {
                while (true) {
                    AllocatedAddress allocated = allocate(config).get(0);
                    IpAddress address = allocated.address().address();
                    IpPrefix network = allocated.address().network();
                    assertThat(given.add(address)).as("%s only once", address).isTrue();
                    assertThat(before).doesNotContain(address);
                    assertThat(address).isNotIn(network.address(), allocated.gateway(), network.broadcast());
                    assertThat(set.isGateway(address)).isFalse();
                }
            } catch (CniException e) {
                assertThat(e).hasMessageContaining("no IP addresses available in range set");
            }
            assertThat(given).hasSize(expectedSize(set, before));
        });
    }

    @Test
    void lowestFreeIsTheLowestWhateverWasReleased() {
        Generated.times(200, random -> {
            List<Integer> moves = Generated.list(random, 120, any -> Generated.integer(any, 0, 40));
            IpamConfig config = IpamConfigTest.ipam("'subnet':'10.1.2.0/26','netd':{'order':'lowest'}");
            taken.clear();
            for (int move : moves) {
                IpAddress address = IpAddress.parse("10.1.2.0").plus(move);
                if (!taken.remove(address)) {
                    IpAddress lowest = IpAddress.parse(next(config).replace("/26", ""));
                    for (IpAddress lower = IpAddress.parse("10.1.2.2");
                            lower.compareTo(lowest) < 0;
                            lower = lower.plus(1)) {
                        assertThat(taken).contains(lower);
                    }
                }
            }
        });
    }

    private static IpamConfig config(SplittableRandom random) {
        return IpamConfigTest.ipam(
                ("'ranges':[[{'subnet':'10.1.2.0/%d','gateway':'10.1.2.%d'},{'subnet':'10.1.3.0/%d'}]],"
                                + "'netd':{'order':'%s'}")
                        .formatted(
                                Generated.integer(random, 24, 30),
                                Generated.integer(random, 0, 8),
                                Generated.integer(random, 24, 30),
                                Generated.one(random, List.of("lowest", "round-robin"))));
    }

    private static int expectedSize(RangeSet set, Set<IpAddress> before) {
        int size = 0;
        for (Range range : set.ranges()) {
            int addresses = range.subnet().size().intValueExact() - 2;
            size += addresses - (range.contains(range.gateway()) ? 1 : 0);
        }
        return size - before.size();
    }

    private static IpamConfig requesting(String address) {
        return IpamConfigTest.config(
                "{'cniVersion':'1.0.0','name':'n','ipam':{'subnet':'10.1.2.0/24'}}", "IP=" + address);
    }

    private String next(IpamConfig config) {
        return allocate(config).get(0).address().toString();
    }

    private List<AllocatedAddress> allocate(IpamConfig config) {
        List<AllocatedAddress> chosen =
                new Allocator(taken::contains, set -> Optional.ofNullable(last.get(set))).choose(config);
        for (int i = 0; i < chosen.size(); i++) {
            taken.add(chosen.get(i).address().address());
            last.put(i, chosen.get(i).address().address());
        }
        return chosen;
    }

    private void assertRefused(IpamConfig config, int code, String message) {
        assertThatThrownBy(() -> allocate(config))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        CniException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
