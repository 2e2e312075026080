package io.netd.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netd.address.IpAddress;
import io.netd.address.IpFamily;
import io.netd.address.IpPrefix;
import io.netd.address.MacAddress;
import io.netd.address.PortRange;
import io.netd.address.Protocol;
import io.netd.cni.CniAddress;
import io.netd.cni.CniDns;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.cni.CniRoute;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkName;
import io.netd.firewall.Chains;
import io.netd.firewall.CtState;
import io.netd.firewall.Match;
import io.netd.firewall.Owner;
import io.netd.firewall.Rule;
import io.netd.firewall.Table;
import io.netd.firewall.Target;
import io.netd.linux.ns.NamespaceId;
import io.netd.plugins.spi.HostKey;
import io.netd.plugins.spi.trace.AddressTrace;
import io.netd.plugins.spi.trace.BridgeTrace;
import io.netd.plugins.spi.trace.BridgeUse;
import io.netd.plugins.spi.trace.LeaseTrace;
import io.netd.plugins.spi.trace.PortsTrace;
import io.netd.plugins.spi.trace.RulesTrace;
import io.netd.plugins.spi.trace.VethTrace;
import io.netd.portmap.Grip;
import io.netd.portmap.PortMapping;
import io.netd.portmap.PortOwner;
import io.netd.portmap.Publishing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final HostKey HOST = new HostKey(0x1234_5678_9abcL);
    private static final NetworkName NET = new NetworkName("bridge");

    private static final PluginEntry EXPECTING = entry().expecting(result());
    private static final Attachment ADDING = attachment("c1", List.of(EXPECTING));

    private final JsonMapper mapper = JournalJson.mapper(List.of());

    @TempDir
    private Path execRoot;

    @Test
    void everyKindOfTraceComesBackAsItWas() {
        PluginEntry done = PluginEntry.begin("portmap", NET).added(result());
        Attachment attachment = attachment("c1", List.of(entry(), done));
        Journal.open(execRoot, mapper).write(attachment);
        assertThat(Journal.open(execRoot, mapper).all()).containsExactly(attachment);
    }

    @Test
    void anAttachmentWithoutEntriesLeavesNoFile() throws IOException {
        Journal journal = Journal.open(execRoot, mapper);
        journal.write(attachment("c1", List.of(entry())));
        journal.write(attachment("c1", List.of()));
        assertThat(journal.all()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void aPhaseIsOneLineMore() throws IOException {
        Journal journal = adding();
        String before = Files.readString(files().get(0));
        Attachment added = journal.advance(ADDING, EXPECTING, Phase.ADDED);
        assertThat(added).isEqualTo(attachment("c1", List.of(entry().added(result()))));
        assertThat(Files.readString(files().get(0))).isEqualTo(before + "{\"entry\":0,\"phase\":\"ADDED\"}\n");
        Attachment deleting = journal.advance(added, EXPECTING, Phase.DELETING);
        assertThat(deleting.entries().get(0).phase()).isEqualTo(Phase.DELETING);
        assertThat(journal.all()).containsExactly(deleting);
        assertThat(Journal.open(execRoot, mapper).all()).containsExactly(deleting);
    }

    @Test
    void anotherPluginsEntryIsOneLineMore() throws IOException {
        Journal journal = adding();
        String before = Files.readString(files().get(0));
        PluginEntry portmap = PluginEntry.begin("portmap", NET).leaving(entry().traces());
        Attachment chained = ADDING.with(portmap);
        journal.put(chained, portmap);
        PluginEntry more = portmap.expecting(result());
        journal.put(ADDING.with(more), more);
        assertThat(Files.readString(files().get(0)))
                .startsWith(before + "{\"left\":{\"type\":\"portmap\"")
                .endsWith("\n");
        assertThat(journal.all()).containsExactly(ADDING.with(more));
        assertThat(Journal.open(execRoot, mapper).all()).containsExactly(ADDING.with(more));
    }

    @Test
    void tracesOfSeveralEntriesChangeAtOnce() throws IOException {
        Journal journal = Journal.open(execRoot, mapper);
        PluginEntry portmap = PluginEntry.begin("portmap", NET).leaving(entry().traces());
        Attachment both = attachment("c1", List.of(entry(), portmap));
        journal.write(both);
        Attachment one = journal.change(both, both.change(portmap, entry -> entry.with(List.of())));
        assertThat(Files.readString(files().get(0)).lines()).hasSize(2);
        assertThat(Journal.open(execRoot, mapper).all()).containsExactly(one);
        Attachment none = attachment("c1", List.of(entry().with(List.of()), portmap.with(List.of())));
        assertThat(journal.change(both, none)).isEqualTo(none);
        assertThat(Files.readString(files().get(0)).lines()).hasSize(1);
        assertThat(Journal.open(execRoot, mapper).all()).containsExactly(none);
    }

    @Test
    void anEntryIsNotWrittenAloneWhereTheRestIsDifferent() throws IOException {
        Journal journal = adding();
        PluginEntry portmap = PluginEntry.begin("portmap", NET);
        Attachment moved = ADDING.in(new NamespaceId(4, 4026531999L)).with(portmap);
        journal.put(moved, portmap);
        assertThat(Files.readString(files().get(0)).lines()).hasSize(1);
        assertThat(Journal.open(execRoot, mapper).all()).containsExactly(moved);
    }

    @Test
    void aTornLineDoesNotCountAndIsRemoved() throws IOException {
        adding();
        String whole = Files.readString(files().get(0));
        Files.writeString(files().get(0), whole + "{\"entry\":0,\"pha");
        Journal again = Journal.open(execRoot, mapper);
        assertThat(again.all()).containsExactly(ADDING);
        assertThat(Files.readString(files().get(0))).isEqualTo(whole);
    }

    @Test
    void aPhaseIsWrittenWholeWhereTheFileIsGone() throws IOException {
        Journal journal = adding();
        Files.delete(files().get(0));
        Attachment added = journal.advance(ADDING, EXPECTING, Phase.ADDED);
        assertThat(Journal.open(execRoot, mapper).all()).containsExactly(added);
    }

    @Test
    void aFileOfANewerNetdIsRefusedByNameOrLeftAside() throws IOException {
        Journal.open(execRoot, mapper).write(attachment("c1", List.of(entry())));
        Path file = files().get(0);
        Files.writeString(file, "{\"format\":1,");
        assertThat(Journal.open(execRoot, mapper).all()).isEmpty();
        assertThat(file).exists();
    }

    @Test
    void sharedTracesAreForgottenOnceAdded() {
        PluginEntry added = entry().added(CniResult.EMPTY);
        assertThat(added.phase()).isEqualTo(Phase.ADDED);
        assertThat(added.traces()).hasSize(4).noneMatch(trace -> trace.isShared());
    }

    private Journal adding() {
        Journal journal = Journal.open(execRoot, mapper);
        journal.write(ADDING);
        return journal;
    }

    @Test
    void anAttachmentOfAnEarlierNetdIsOfNoKnownRuntime() throws IOException {
        CallingRuntime runtime = new CallingRuntime("containerd", Optional.of("containerd.service"));
        Attachment known = by(new Origin(Origin.CNI, Optional.of(runtime), "web"));
        Journal.open(execRoot, mapper).write(known);
        Path file = files().get(0);
        assertThat(Journal.open(execRoot, mapper).all()).containsExactly(known);
        String text = Files.readString(file);
        Files.writeString(
                file, text.replace("\"runtime\":{\"program\":\"containerd\",\"service\":\"containerd.service\"},", ""));
        assertThat(Files.size(file)).isLessThan(text.length());
        assertThat(Journal.open(execRoot, mapper).all())
                .containsExactly(by(new Origin(Origin.CNI, Optional.empty(), "web")));
    }

    private List<Path> files() throws IOException {
        try (var tree = Files.walk(execRoot)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }

    private static Attachment by(Origin origin) {
        return new Attachment(
                HOST,
                ADDING.container(),
                ADDING.ifName(),
                origin,
                ADDING.netns(),
                ADDING.namespace(),
                ADDING.since(),
                ADDING.entries());
    }

    private static Attachment attachment(String id, List<PluginEntry> entries) {
        return new Attachment(
                HOST,
                new ContainerId(id),
                new InterfaceName("eth0"),
                new Origin(Origin.NETD, Optional.empty(), "web"),
                "/proc/12/ns/net",
                Optional.of(new NamespaceId(4, 4026531840L)),
                Instant.parse("2026-11-24T00:00:00Z"),
                entries);
    }

    private static PluginEntry entry() {
        PortMapping mapping = new PortMapping(Optional.of(IpAddress.parse("127.0.0.1")), 8080, 80, Protocol.TCP);
        return PluginEntry.begin("bridge", NET)
                .leaving(List.of(
                        new BridgeTrace("docker0"),
                        new AddressTrace(
                                "docker0", IpPrefix.parse("172.17.0.1/16"), Optional.of(new BridgeUse("docker0", 0))),
                        new LeaseTrace("/run/netd/leases", NET, new ContainerId("c1"), new InterfaceName("eth0")),
                        new VethTrace("veth01234567", MacAddress.parse("02:42:00:00:00:01")),
                        new PortsTrace(
                                new PortOwner("c1/eth0", "container web"),
                                List.of(mapping),
                                Grip.HELD,
                                Optional.of(Publishing.PROTECTED)),
                        new RulesTrace(new Owner("attachment/c1/eth0/portmap"), rules())));
    }

    private static List<Rule> rules() {
        Rule translation = Rule.in(IpFamily.IPV4, Table.NAT, Chains.NETD, 3)
                .when(
                        new Match.Proto(Protocol.TCP),
                        new Match.DestinationPort(PortRange.of(8080)),
                        new Match.Source(IpPrefix.parse("10.0.0.0/8"), true),
                        new Match.InInterface("docker0", true))
                .comment("published")
                .then(new Target.Dnat(IpAddress.parse("172.17.0.2"), 80));
        Rule masquerade = Rule.in(IpFamily.IPV4, Table.NAT, Chains.POSTROUTING, 0)
                .when(new Match.CtStates(CtState.NEW, CtState.ESTABLISHED), new Match.Mark(5))
                .then(new Target.Masquerade());
        Rule jump = Rule.in(IpFamily.IPV6, Table.FILTER, Chains.FORWARD, -1).then(new Target.Jump(Chains.NETD));
        return List.of(translation, masquerade, jump);
    }

    private static CniResult result() {
        CniInterface eth0 = CniInterface.ofContainer("eth0", MacAddress.parse("02:00:00:00:00:02"), 1500, "/proc/12");
        CniAddress address = new CniAddress(
                IpPrefix.parse("172.17.0.2/16"), Optional.of(IpAddress.parse("172.17.0.1")), OptionalInt.of(0));
        CniRoute route = CniRoute.of(IpPrefix.parse("0.0.0.0/0"), Optional.empty());
        return new CniResult(List.of(eth0), List.of(address), List.of(route), CniDns.EMPTY);
    }
}
