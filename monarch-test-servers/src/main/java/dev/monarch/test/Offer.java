package dev.monarch.test;

import java.util.Set;
import java.util.stream.Stream;

/**
 * A kind of server that can be had here, before it is started.
 *
 * @param kind the kind
 * @param description the server in words, without its topology
 * @param version its version
 * @param topologies what it can be started as (or, if it runs already, what it is)
 * @param own whether a test can have one alone and stop it
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

    /** The topology to use for a wish; the replica set is preferred because it can do more. */
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
