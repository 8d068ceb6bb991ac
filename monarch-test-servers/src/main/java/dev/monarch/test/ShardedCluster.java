package dev.monarch.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.bson.Document;

/** A config server, one shard and a {@code mongos} on loopback ports. */
final class ShardedCluster implements Server {

    private static final String CONFIG_SERVERS = "monarch-config";

    private static final String SHARD = "monarch-shard";

    private final Mongod mongod;

    /** In the order of closing. */
    private final List<MongodNode> nodes;

    private final Member router;

    private ShardedCluster(Mongod mongod, List<MongodNode> nodes, Member router) {
        this.mongod = mongod;
        this.nodes = List.copyOf(nodes);
        this.router = router;
    }

    /** Starts it; returns once the shard is added. */
    static ShardedCluster started(Mongod mongod) {
        Path mongos = mongod.mongos().orElseThrow();
        List<MongodNode> nodes = new ArrayList<>();
        try {
            Member configServer = started(NodeRole.configServer(mongod, CONFIG_SERVERS), nodes);
            ReplicaSet.ofConfigServers(CONFIG_SERVERS, List.of(configServer)).initiate();
            Member shard = started(NodeRole.shard(mongod, SHARD), nodes);
            new ReplicaSet(SHARD, List.of(shard)).initiate();
            Member router = started(NodeRole.router(mongos, CONFIG_SERVERS + "/" + configServer.address()), nodes);
            router.run(new Document("addShard", SHARD + "/" + shard.address()));
            return new ShardedCluster(mongod, nodes, router);
        } catch (RuntimeException e) {
            try {
                Closeables.all(nodes);
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    /** {@code mongos} closes first. Otherwise it would wait for servers that are gone. */
    private static Member started(NodeRole role, List<MongodNode> nodes) {
        MongodNode node = MongodNode.started(role);
        nodes.add(0, node);
        return node.member();
    }

    @Override
    public ServerKind kind() {
        return ServerKind.MONGOD;
    }

    @Override
    public Topology topology() {
        return Topology.SHARDED_CLUSTER;
    }

    @Override
    public String description() {
        return mongod.offer().description() + ", sharded cluster of one shard";
    }

    @Override
    public String uri(String database) {
        return "mongodb://" + router.address() + "/" + database;
    }

    @Override
    public void close() {
        Closeables.all(nodes);
    }
}
