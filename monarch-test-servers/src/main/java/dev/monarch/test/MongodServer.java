package dev.monarch.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code mongod} processes on loopback ports: a replica set of one or more members, or a standalone server. */
final class MongodServer implements Server {

    private final Mongod mongod;

    private final Topology topology;

    private final List<MongodNode> nodes;

    private final ReplicaSet replicaSet;

    private final boolean accessControl;

    private MongodServer(Mongod mongod, Topology topology, List<MongodNode> nodes, boolean accessControl) {
        this.mongod = mongod;
        this.topology = topology;
        this.nodes = List.copyOf(nodes);
        this.accessControl = accessControl;
        this.replicaSet = new ReplicaSet(
                ReplicaSet.NAME, nodes.stream().map(MongodNode::member).toList());
    }

    /** Starts it; returns once it accepts writes. */
    static MongodServer started(Mongod mongod, Topology topology, int members, boolean accessControl) {
        List<MongodNode> nodes = new ArrayList<>();
        try {
            NodeRole role = topology == Topology.REPLICA_SET
                    ? NodeRole.member(mongod, ReplicaSet.NAME, accessControl)
                    : NodeRole.standalone(mongod, accessControl);
            for (int i = 0; i < members; i++) {
                nodes.add(MongodNode.started(role));
            }
            MongodServer server = new MongodServer(mongod, topology, nodes, accessControl);
            if (topology == Topology.REPLICA_SET) {
                server.replicaSet.initiate();
            }
            if (accessControl) {
                server.createAdministrator();
            }
            return server;
        } catch (RuntimeException e) {
            try {
                Closeables.all(nodes);
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private void createAdministrator() {
        Administrator.create(nodes.stream()
                .map(MongodNode::member)
                .filter(Member::isPrimary)
                .findFirst()
                .orElseThrow());
        nodes.forEach(node -> node.member().logIn());
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
                + (topology == Topology.REPLICA_SET ? ", replica set of " + nodes.size() : ", standalone")
                + (accessControl ? ", with access control" : "");
    }

    @Override
    public String uri(String database) {
        return nodes.stream()
                .map(node -> node.member().address())
                .collect(Collectors.joining(
                        ",",
                        "mongodb://" + (accessControl ? Administrator.BEFORE_HOSTS : ""),
                        "/" + database + options()));
    }

    private String options() {
        List<String> options = new ArrayList<>();
        if (topology == Topology.REPLICA_SET) {
            options.add("replicaSet=" + ReplicaSet.NAME);
        }
        if (accessControl) {
            options.add("authSource=" + Administrator.DATABASE);
        }
        return options.isEmpty() ? "" : "?" + String.join("&", options);
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
        Closeables.all(nodes);
    }
}
