package dev.monarch.test;

import org.jspecify.annotations.Nullable;

/**
 * The servers of the run, or why there are none. It keeps a failure, so that only the first test waits for a server
 * that does not answer.
 */
final class Discovery implements AutoCloseable {

    private final @Nullable Servers servers;

    private final @Nullable RuntimeException failure;

    Discovery(Settings settings) {
        Servers found = null;
        RuntimeException thrown = null;
        try {
            found = new Servers(settings);
        } catch (RuntimeException e) {
            thrown = e;
        }
        this.servers = found;
        this.failure = thrown;
    }

    Servers servers() {
        if (servers == null) {
            throw new IllegalStateException(failure == null ? "no servers" : failure.getMessage(), failure);
        }
        return servers;
    }

    @Override
    public void close() {
        if (servers != null) {
            servers.close();
        }
    }
}
