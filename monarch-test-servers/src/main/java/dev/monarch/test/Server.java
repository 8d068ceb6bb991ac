package dev.monarch.test;

import java.time.Duration;

/** A running server. Closing it stops it and deletes its data, unless it is external. */
interface Server extends AutoCloseable {

    ServerKind kind();

    Topology topology();

    String description();

    String uri(String database);

    @Override
    void close();

    default void stop() {
        throw cannot();
    }

    default void start() {
        throw cannot();
    }

    default void kill() {
        throw cannot();
    }

    default void pause() {
        throw cannot();
    }

    default void resume() {
        throw cannot();
    }

    default void stepDown(Duration forHowLong) {
        throw cannot();
    }

    default void awaitPrimary() {
        throw cannot();
    }

    private IllegalStateException cannot() {
        return new IllegalStateException(description() + " cannot be stopped, killed, paused or stepped down");
    }
}
