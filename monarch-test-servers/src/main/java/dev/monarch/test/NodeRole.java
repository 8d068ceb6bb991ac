package dev.monarch.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server process is started as.
 *
 * @param program what is started
 * @param hasData whether it keeps data, in a folder of its own
 * @param accessControl whether it lets in only who has a password
 * @param options what is said to it beside its port and its folder
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

    /** What is typed to start it. */
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
                // For fail points; they are off until a test sets them.
                "--setParameter",
                "enableTestCommands=1"));
        if (hasData) {
            command.addAll(List.of("--dbpath", data.toString(), "--wiredTigerCacheSizeGB", "0.25"));
            // A change of it counts only after the pause that has begun, which is a minute long.
            command.addAll(List.of("--setParameter", "ttlMonitorSleepSecs=1"));
        }
        if (accessControl) {
            // With it members know one another; it switches access control on for everybody else.
            command.addAll(List.of("--keyFile", key.toString()));
        }
        command.addAll(options);
        return command;
    }
}
