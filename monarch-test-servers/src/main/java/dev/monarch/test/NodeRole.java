package dev.monarch.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The role in which a server process is started.
 *
 * @param program the binary
 * @param hasData whether it has a data directory
 * @param accessControl whether it requires authentication
 * @param options further options, in addition to port and folder
 */
record NodeRole(Path program, boolean hasData, boolean accessControl, List<String> options) {

    private static final String REPLICA_SET = "--replSet";

    NodeRole {
        options = List.copyOf(options);
    }

    static NodeRole standalone(Mongod mongod, boolean accessControl) {
        return new NodeRole(mongod.path(), true, accessControl, List.of());
    }

    static NodeRole member(Mongod mongod, String replicaSet, boolean accessControl) {
        return new NodeRole(mongod.path(), true, accessControl, List.of(REPLICA_SET, replicaSet));
    }

    static NodeRole configServer(Mongod mongod, String replicaSet) {
        return new NodeRole(mongod.path(), true, false, List.of("--configsvr", REPLICA_SET, replicaSet));
    }

    static NodeRole shard(Mongod mongod, String replicaSet) {
        return new NodeRole(mongod.path(), true, false, List.of("--shardsvr", REPLICA_SET, replicaSet));
    }

    /**
     * @param configServers the replica set of the config servers, as {@code NAME/HOSTS}
     */
    static NodeRole router(Path mongos, String configServers) {
        return new NodeRole(mongos, false, false, List.of("--configdb", configServers));
    }

    /** {@return the command line that starts it} */
    List<String> command(int port, Path data, Path key) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--bind_ip",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--nounixsocket",
                "--setParameter",
                "diagnosticDataCollectionEnabled=false",
                // For fail points, which are off until a test sets them.
                "--setParameter",
                "enableTestCommands=1"));
        if (hasData) {
            command.addAll(List.of("--dbpath", data.toString(), "--wiredTigerCacheSizeGB", "0.25"));
            // A write to a majority waits for the next commit, by default up to 100 ms.
            command.addAll(List.of("--journalCommitInterval", "25"));
            // A change at run time takes effect only after the current pause, which is a minute long.
            command.addAll(List.of("--setParameter", "ttlMonitorSleepSecs=1"));
            // By default, it begins with 300 MB of empty journal.
            command.addAll(List.of("--wiredTigerEngineConfigString", "log=(prealloc=false,file_max=10MB)"));
        }
        if (accessControl) {
            // Members authenticate with it, and it turns on access control for clients.
            command.addAll(List.of("--keyFile", key.toString()));
        }
        command.addAll(options);
        return command;
    }
}
