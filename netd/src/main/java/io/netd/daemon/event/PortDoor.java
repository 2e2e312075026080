package io.netd.daemon.event;

import io.netd.engine.event.TraceContext;
import io.netd.netctl.api.Netd;
import io.netd.netctl.api.NetdException;
import io.netd.netctl.api.PublishedPort;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.BiFunction;

/** Hears on the bus which ports are to be published or taken back while a container runs, and answers. */
public final class PortDoor extends VerticleBase {
    private static final int INVALID = 7;
    private static final int FAILED = 999;

    private final Netd netd;

    /** A door in front of the commands. */
    public PortDoor(Netd netd) {
        this.netd = netd;
    }

    @Override
    public Future<?> start() {
        serve(Address.PORT_PUBLISH, netd::publish);
        serve(Address.PORT_UNPUBLISH, netd::unpublish);
        return Future.succeededFuture();
    }

    private void serve(Address address, BiFunction<String, List<String>, List<PublishedPort>> action) {
        vertx.eventBus()
                .<Object>localConsumer(
                        address.text(),
                        message -> vertx.executeBlocking(() -> answer(message, action), false)
                                .onComplete(message::reply, failure -> refuse(message, failure)));
    }

    private static JsonObject answer(
            Message<Object> message, BiFunction<String, List<String>, List<PublishedPort>> action) {
        if (!(message.body() instanceof JsonObject json)) {
            throw new IllegalArgumentException("the body must be a JSON object");
        }
        String container = json.getString("container", "");
        JsonArray flags = json.getJsonArray("ports", new JsonArray());
        if (container.isEmpty() || flags.isEmpty()) {
            throw new IllegalArgumentException("\"container\" and \"ports\" must say whose ports and which");
        }
        List<String> wanted = flags.stream().map(String::valueOf).toList();
        JsonArray ports = new JsonArray();
        TraceContext.ofHeaders(message.headers()::get)
                .during(() -> action.apply(container, wanted))
                .forEach(port -> ports.add(json(port)));
        return new JsonObject().put("ports", ports);
    }

    private static JsonObject json(PublishedPort port) {
        return new JsonObject()
                .put("hostIp", port.hostIp())
                .put("hostPort", port.hostPort())
                .put("containerPort", port.containerPort())
                .put("protocol", port.protocol());
    }

    private static void refuse(Message<Object> message, Throwable failure) {
        boolean isInvalid = failure instanceof IllegalArgumentException
                || failure instanceof ClassCastException
                || failure instanceof NetdException refused && refused.kind() == NetdException.Kind.INVALID;
        message.fail(isInvalid ? INVALID : FAILED, String.valueOf(failure.getMessage()));
    }
}
