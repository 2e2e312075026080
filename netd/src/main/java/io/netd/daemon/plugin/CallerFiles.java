package io.netd.daemon.plugin;

import io.netd.cni.CniException;
import io.netd.cni.Command;
import io.netd.cni.ErrorCode;
import io.netd.daemon.frame.Call;
import io.netd.daemon.frame.Descriptor;
import io.netd.engine.host.HostRef;
import io.netd.linux.fs.RootDirectory;
import io.netd.linux.ns.NetworkNamespace;
import io.netd.linux.sys.Errno;
import io.netd.linux.sys.LinuxException;
import io.netd.plugins.spi.CallingProgram;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Opens again what a waiting caller holds open. */
final class CallerFiles {
    private final int pid;
    private final Call call;

    CallerFiles(int pid, Call call) {
        this.pid = pid;
        this.call = call;
    }

    /**
     * The host that the caller runs in.
     *
     * @param isWanted whether the caller still waits
     * @param errors told what goes to the caller's standard error
     * @throws CniException when the caller has gone, or has opened nothing
     */
    HostRef host(Command command, BooleanSupplier isWanted, Consumer<String> errors) {
        NetworkNamespace namespace = namespace(Descriptor.Kind.HOST);
        try {
            requireMeant(namespace);
            Optional<NetworkNamespace> sandbox = sandbox(command);
            return HostRef.of(namespace, RootDirectory.open(path(Descriptor.Kind.ROOT)), sandbox, isWanted)
                    .askedBy(Askers.of(pid, command, new CallingProgram(call.environment(), errors)));
        } catch (LinuxException e) {
            namespace.close();
            throw gone(e);
        } catch (RuntimeException e) {
            namespace.close();
            throw e;
        }
    }

    private NetworkNamespace namespace(Descriptor.Kind kind) {
        try {
            return NetworkNamespace.open(path(kind));
        } catch (LinuxException e) {
            throw gone(e);
        }
    }

    /** Another process may have got the caller's number, or the caller's descriptor table changed. */
    private void requireMeant(NetworkNamespace namespace) {
        boolean isMeant = call.host()
                .map(meant -> meant.inode() == namespace.id().inode())
                .orElse(false);
        if (!isMeant) {
            throw new CniException(ErrorCode.TRY_LATER, "process " + pid + " is not the plugin any more");
        }
    }

    /** What CNI_NETNS names. DEL has to succeed when it is gone, or is something else by now. */
    private Optional<NetworkNamespace> sandbox(Command command) {
        Optional<Descriptor> descriptor = Optional.ofNullable(call.descriptors().get(Descriptor.Kind.CONTAINER));
        if (descriptor.isEmpty()) {
            return Optional.empty();
        }
        if (descriptor.get().isError()) {
            return missing(command, Errno.of(descriptor.get().errno()));
        }
        try {
            return Optional.of(NetworkNamespace.open(path(Descriptor.Kind.CONTAINER)));
        } catch (LinuxException e) {
            return missing(command, e.errno());
        }
    }

    private Optional<NetworkNamespace> missing(Command command, Errno reason) {
        if (command == Command.DEL || command == Command.GC) {
            return Optional.empty();
        }
        String path = call.environment().getOrDefault("CNI_NETNS", "");
        String text = reason == Errno.EINVAL ? "it is not a network namespace" : reason.text();
        throw new CniException(ErrorCode.INVALID_NAMESPACE, "failed to open netns \"" + path + "\": " + text);
    }

    private Path path(Descriptor.Kind kind) {
        Descriptor descriptor = Optional.ofNullable(call.descriptors().get(kind))
                .filter(known -> !known.isError())
                .orElseThrow(() ->
                        new CniException(ErrorCode.INVALID_ENVIRONMENT, "the plugin could not open its own " + kind));
        return Path.of("/proc", Integer.toString(pid), "fd", Integer.toString(descriptor.number()));
    }

    private CniException gone(LinuxException e) {
        return new CniException(ErrorCode.TRY_LATER, "cannot reach the caller, process " + pid, e);
    }
}
