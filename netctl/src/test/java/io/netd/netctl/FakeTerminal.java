package io.netd.netctl;

import io.netd.netctl.api.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/** A user who types nothing and keeps what he is shown. */
final class FakeTerminal implements Terminal {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public OutputStream err() {
        return err;
    }

    @Override
    public InputStream in() {
        return new ByteArrayInputStream(new byte[0]);
    }

    @Override
    public InputStream openFile(String path) {
        return in();
    }

    @Override
    public boolean isOutputTerminal() {
        return false;
    }

    @Override
    public int columns() {
        return 80;
    }

    @Override
    public void onSignal(IntConsumer handler) {}

    @Override
    public void onGone(Runnable action) {}

    String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
