package io.netd.runtime.container;

import io.netd.runtime.Attached;
import io.netd.runtime.ContainerEvents;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Events as they came; answers created as it is told to. */
final class RecordedEvents implements ContainerEvents {
    final List<Object> seen = new CopyOnWriteArrayList<>();
    volatile Function<Created, CompletionStage<Attached>> answer =
            created -> CompletableFuture.completedFuture(Attached.NOWHERE);

    @Override
    public CompletionStage<Attached> created(Created event) {
        seen.add(event);
        return answer.apply(event);
    }

    @Override
    public void started(Started event) {
        seen.add(event);
    }

    @Override
    public CompletionStage<Void> died(Died event) {
        seen.add(event);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> removed(Removed event) {
        seen.add(event);
        return CompletableFuture.completedFuture(null);
    }

    List<String> kinds() {
        return seen.stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
