package io.netd.plugins.spi;

import io.netd.address.MacAddress;
import io.netd.cni.AttachmentId;
import io.netd.cni.CniAddress;
import io.netd.cni.CniArgs;
import io.netd.cni.CniInterface;
import io.netd.cni.CniResult;
import io.netd.cni.ContainerId;
import io.netd.cni.InterfaceName;
import io.netd.cni.NetworkConfig;
import java.util.List;
import java.util.Optional;

/**
 * One plugin's part of a CHECK.
 *
 * @param config its configuration
 * @param expected the final result of the ADD
 * @param id the container
 * @param ifName its interface
 * @param sandbox the container's namespace
 * @param args CNI_ARGS
 * @param path directories to look for delegates in
 */
public record CheckRequest(
        NetworkConfig config,
        CniResult expected,
        ContainerId id,
        InterfaceName ifName,
        Sandbox sandbox,
        CniArgs args,
        List<String> path) {
    public CheckRequest {
        path = List.copyOf(path);
    }

    /** Container and interface in one. */
    public AttachmentId attachment() {
        return new AttachmentId(id, ifName);
    }

    /** The addresses that the result gives this attachment's interface. */
    public List<CniAddress> ownAddresses() {
        List<CniInterface> interfaces = expected.interfaces();
        return expected.addresses().stream()
                .filter(address -> {
                    int index = address.interfaceIndex().orElse(-1);
                    return index < 0
                            || index >= interfaces.size()
                            || interfaces.get(index).name().equals(ifName.value());
                })
                .toList();
    }

    /** The hardware address that the result gives this attachment's interface. */
    public Optional<MacAddress> ownMac() {
        return expected.interfaces().stream()
                .filter(link -> link.sandbox().isPresent() && link.name().equals(ifName.value()))
                .findFirst()
                .flatMap(CniInterface::mac);
    }
}
