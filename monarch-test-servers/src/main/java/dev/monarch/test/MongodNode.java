package dev.monarch.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One {@code mongod} process with its folder and port, which it keeps when it is started again. */
final class MongodNode implements AutoCloseable {

    private static final int LOG_TAIL = 2000;

    private static final int PORT_ATTEMPTS = 3;

    private static final String KEY_FILE = "key";

    private final Path folder;

    private final int port;

    private final Keeper keeper;

    private final Member member;

    private boolean running;

    private MongodNode(Mongod mongod, Topology topology, boolean accessControl) {
        try {
            this.folder = Files.createTempDirectory("monarch-mongod-");
            Files.createDirectory(folder.resolve("data"));
            if (accessControl) {
                Administrator.writeKeyFile(folder.resolve(KEY_FILE));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.port = FreePort.find();
        this.keeper = new Keeper(folder, command(mongod, topology, accessControl));
        this.member = new Member("127.0.0.1:" + port);
    }

    /** A started node. Another process may take the free port first: then the next one is tried. */
    static MongodNode started(Mongod mongod, Topology topology, boolean accessControl) {
        for (int attempt = 1; ; attempt++) {
            MongodNode node = new MongodNode(mongod, topology, accessControl);
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
        keeper.start();
        running = true;
        Poll.until(
                () -> {
                    if (!keeper.alive()) {
                        running = false;
                        throw new IllegalStateException("mongod ended while starting:\n" + output());
                    }
                    return member.answers();
                },
                () -> "mongod does not answer on port " + port + ":\n" + output());
    }

    /** Shuts it down in good order, which also works for a frozen one. */
    void stop() {
        if (running) {
            keeper.signal("CONT");
            if (!member.shutDown()) {
                keeper.signal("TERM");
            }
            ended();
        }
    }

    void kill() {
        if (running) {
            keeper.signal("KILL");
            ended();
        }
    }

    private void ended() {
        keeper.awaitGone();
        running = false;
    }

    void pause() {
        keeper.signal("STOP");
    }

    void resume() {
        keeper.signal("CONT");
    }

    @Override
    public void close() {
        try (keeper) {
            member.close();
        }
    }

    private List<String> command(Mongod mongod, Topology topology, boolean accessControl) {
        List<String> command = new ArrayList<>(List.of(
                mongod.path().toString(),
                "--bind_ip",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--nounixsocket",
                "--dbpath",
                folder.resolve("data").toString(),
                "--wiredTigerCacheSizeGB",
                "0.25",
                "--setParameter",
                "diagnosticDataCollectionEnabled=false",
                // For fail points; they are off until a test sets them.
                "--setParameter",
                "enableTestCommands=1"));
        if (topology == Topology.REPLICA_SET) {
            command.addAll(List.of("--replSet", ReplicaSet.NAME));
        }
        if (accessControl) {
            // With it members know one another; it switches access control on for everybody else.
            command.addAll(List.of("--keyFile", folder.resolve(KEY_FILE).toString()));
        }
        return command;
    }

    /** The end of what it wrote, for messages. */
    private String output() {
        try {
            String output = Files.readString(folder.resolve("output"));
            return output.substring(Math.max(0, output.length() - LOG_TAIL));
        } catch (IOException e) {
            return "(no output: " + e.getMessage() + ")";
        }
    }
}
