package dev.monarch.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code mongod} processes on loopback ports: a replica set of one or more, or a standalone one. */
final class MongodServer implements Server {

    private final Mongod mongod;

    private final Topology topology;

    private final List<MongodNode> nodes;

    private final ReplicaSet replicaSet;

    private MongodServer(Mongod mongod, Topology topology, List<MongodNode> nodes) {
        this.mongod = mongod;
        this.topology = topology;
        this.nodes = List.copyOf(nodes);
        this.replicaSet = new ReplicaSet(nodes.stream().map(MongodNode::member).toList());
    }

    /** Starts it; returns once it takes writes. */
    static MongodServer started(Mongod mongod, Topology topology, int members) {
        List<MongodNode> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < members; i++) {
                nodes.add(MongodNode.started(mongod, topology));
            }
            MongodServer server = new MongodServer(mongod, topology, nodes);
            if (topology == Topology.REPLICA_SET) {
                server.replicaSet.initiate();
            }
            return server;
        } catch (RuntimeException e) {
            try {
                Closing.all(nodes);
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    @Override
    public ServerKind kind() {
        return ServerKind.MONGOD;
    }

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public String description() {
        return mongod.offer().description()
                + (topology == Topology.REPLICA_SET ? ", replica set of " + nodes.size() : ", standalone");
    }

    @Override
    public String uri(String database) {
        return nodes.stream()
                .map(node -> node.member().address())
                .collect(Collectors.joining(
                        ",",
                        "mongodb://",
                        "/" + database + (topology == Topology.REPLICA_SET ? "?replicaSet=" + ReplicaSet.NAME : "")));
    }

    @Override
    public void stop() {
        nodes.forEach(MongodNode::stop);
    }

    @Override
    public void start() {
        nodes.forEach(MongodNode::start);
        if (topology == Topology.REPLICA_SET) {
            replicaSet.awaitPrimary();
        }
    }

    @Override
    public void kill() {
        nodes.forEach(MongodNode::kill);
    }

    @Override
    public void pause() {
        nodes.forEach(MongodNode::pause);
    }

    @Override
    public void resume() {
        nodes.forEach(MongodNode::resume);
    }

    @Override
    public void stepDown(Duration forHowLong) {
        requireReplicaSet();
        replicaSet.stepDown(forHowLong);
    }

    @Override
    public void awaitPrimary() {
        requireReplicaSet();
        replicaSet.awaitPrimary();
    }

    private void requireReplicaSet() {
        if (topology != Topology.REPLICA_SET) {
            throw new IllegalStateException(description() + " has no primary");
        }
    }

    @Override
    public void close() {
        Closing.all(nodes);
    }
}
