package dev.monarch.test;

import java.util.Set;
import java.util.stream.Stream;

/**
 * A kind of server that is available here, before it is started.
 *
 * @param kind the kind
 * @param description the server's description, without its topology
 * @param version its version
 * @param topologies the topologies it can be started with, or the one it has if it already runs
 * @param own whether a test can have one of its own and stop it
 * @param severalMembers whether its replica set can have more than one member
 * @param accessControl whether it can be started with access control
 */
record Offer(
        ServerKind kind,
        String description,
        Version version,
        Set<Topology> topologies,
        boolean own,
        boolean severalMembers,
        boolean accessControl) {

    Offer {
        topologies = Set.copyOf(topologies);
        if (topologies.isEmpty() || topologies.contains(Topology.ANY)) {
            throw new IllegalArgumentException("topologies: " + topologies);
        }
    }

    /**
     * {@return the topology to use for a requested one} For {@link Topology#ANY} it prefers the replica set, which
     * supports more.
     */
    Topology topologyFor(Topology wish) {
        if (wish != Topology.ANY) {
            return wish;
        }
        return Stream.of(Topology.REPLICA_SET, Topology.STANDALONE, Topology.SHARDED_CLUSTER)
                .filter(topologies::contains)
                .findFirst()
                .orElseThrow();
    }
}
