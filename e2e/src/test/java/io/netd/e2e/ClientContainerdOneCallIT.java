package io.netd.e2e;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The same while no daemon runs: each call of a plugin does its work in a process of its own. */
class ClientContainerdOneCallIT extends ClientContainerdIT {
    @BeforeAll
    void endDaemon() {
        daemon.terminate();
    }

    @AfterAll
    void startDaemon() {
        daemon = Daemon.start(host, options());
    }
}
