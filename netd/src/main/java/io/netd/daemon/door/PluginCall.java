package io.netd.daemon.door;

import io.netd.daemon.frame.Call;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * One plugin call whole.
 *
 * @param call what the client was called with
 * @param pid the client's process; none when it came over TCP
 * @param input its standard input
 * @param isWanted false once the client has gone; may be asked on any thread
 */
public record PluginCall(Call call, OptionalInt pid, byte[] input, BooleanSupplier isWanted) {}
