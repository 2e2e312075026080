package io.netd.plugins.spi.lease;

import io.netd.cni.CniResult;
import io.netd.cni.Settings;
import io.netd.plugins.spi.AddRequest;
import io.netd.plugins.spi.Host;
import io.netd.plugins.spi.SandboxRef;
import io.netd.plugins.spi.Traces;
import io.netd.plugins.spi.program.AddressProgram;
import io.netd.plugins.spi.program.AddressProgramTrace;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What somebody else's program hands out. Its DEL is due from the moment it is started. */
record ProgramPlan(String type, AddRequest request) implements AddressPlan {
    @Override
    public <T> T take(Host host, Traces traces, Function<Offer, T> taker) {
        AddressProgram program = AddressProgram.of(type, host)
                .of(request.attachment(), request.sandbox().path());
        program.require(host);
        Settings config = request.config().settings();
        traces.leave(
                new AddressProgramTrace(program, Optional.of(SandboxRef.of(request.sandbox())), config.toString()));
        CniResult result = program.add(config, request.config().version(), host);
        return taker.apply(new Offer(result, List.of()));
    }

    /** Such a program may talk over the interface, as DHCP does. */
    @Override
    public boolean needsInterface() {
        return true;
    }
}
