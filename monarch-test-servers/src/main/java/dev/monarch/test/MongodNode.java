package dev.monarch.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One {@code mongod} or {@code mongos} process. It keeps its folder and port across restarts. */
final class MongodNode implements AutoCloseable {

    private static final int LOG_TAIL = 2000;

    private static final int PORT_ATTEMPTS = 3;

    private static final String KEY_FILE = "key";

    private final Path folder;

    private final int port;

    private final ChildProcess child;

    private final Member member;

    private boolean running;

    private MongodNode(NodeRole role) {
        try {
            this.folder = ServerFolder.create();
            Files.createDirectory(folder.resolve("data"));
            if (role.accessControl()) {
                Administrator.writeKeyFile(folder.resolve(KEY_FILE));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.port = FreePort.find();
        this.child = new ChildProcess(folder, role.command(port, folder.resolve("data"), folder.resolve(KEY_FILE)));
        this.member = new Member("127.0.0.1:" + port);
    }

    /** Starts a node. If another process takes the free port first, this tries another one. */
    static MongodNode started(NodeRole role) {
        for (int attempt = 1; ; attempt++) {
            MongodNode node = new MongodNode(role);
            try {
                node.start();
                return node;
            } catch (RuntimeException e) {
                boolean portTaken = node.output().contains("in use");
                node.close();
                if (!portTaken || attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    Member member() {
        return member;
    }

    /** Starts the process if it does not run, and waits until it answers. */
    void start() {
        if (running) {
            return;
        }
        child.start();
        running = true;
        Poll.until(
                () -> {
                    if (!child.alive()) {
                        running = false;
                        throw new IllegalStateException("it ended while starting:\n" + output());
                    }
                    return member.answers();
                },
                () -> "it does not answer on port " + port + ":\n" + output());
    }

    /** Shuts the process down cleanly, even if it is frozen. */
    void stop() {
        if (running) {
            child.signal("CONT");
            if (!member.shutDown()) {
                child.signal("TERM");
            }
            ended();
        }
    }

    void kill() {
        if (running) {
            child.signal("KILL");
            ended();
        }
    }

    private void ended() {
        child.awaitGone();
        running = false;
    }

    void pause() {
        child.signal("STOP");
    }

    void resume() {
        child.signal("CONT");
    }

    @Override
    public void close() {
        try (child) {
            member.close();
        }
    }

    /** The end of its output, for messages. */
    private String output() {
        try {
            String output = Files.readString(folder.resolve("output"));
            return output.substring(Math.max(0, output.length() - LOG_TAIL));
        } catch (IOException e) {
            return "(no output: " + e.getMessage() + ")";
        }
    }
}
