package dev.monarch.test;

import java.util.List;
import java.util.Optional;

/**
 * What a test needs, as {@link MongoTest} says.
 *
 * @param topology the topology
 * @param minVersion the oldest version permitted, if any
 * @param own whether the test needs its own server
 * @param members the number of members of the replica set
 * @param accessControl whether the server must have access control
 */
record Requirement(Topology topology, Optional<Version> minVersion, boolean own, int members, boolean accessControl) {

    /** For a test that uses the extension without an annotation. */
    static final Requirement ANYTHING = new Requirement(Topology.ANY, Optional.empty(), false, 1, false);

    Requirement {
        if (members < 1) {
            throw new IllegalArgumentException("@MongoTest(members = " + members + "): at least 1");
        }
        if (members > 1 && !own) {
            throw new IllegalArgumentException("@MongoTest(members = " + members + ") needs own = true");
        }
        if (accessControl && !own) {
            throw new IllegalArgumentException("@MongoTest(accessControl = true) needs own = true");
        }
        if (members > 1 && (topology == Topology.STANDALONE || topology == Topology.SHARDED_CLUSTER)) {
            throw new IllegalArgumentException("@MongoTest(members = " + members + ") contradicts " + topology);
        }
        if (accessControl && topology == Topology.SHARDED_CLUSTER) {
            throw new IllegalArgumentException("@MongoTest(accessControl = true) contradicts SHARDED_CLUSTER");
        }
    }

    static Requirement of(MongoTest test) {
        Optional<Version> version =
                test.minVersion().isBlank() ? Optional.empty() : Optional.of(Version.of(test.minVersion()));
        return new Requirement(test.topology(), version, test.own(), test.members(), test.accessControl());
    }

    /**
     * {@return the first suitable server, or why there is none} If it is too old, this does not try a later one: a
     * developer who runs the tests on an old server needs to see the tests on that server.
     *
     * @param offers the servers available, best first
     * @param replicaSetRequired whether a test without a server fails
     */
    Choice choose(List<Offer> offers, boolean replicaSetRequired) {
        Optional<Offer> found = offers.stream().filter(this::fits).findFirst();
        if (found.isEmpty()) {
            String there = offers.stream().findFirst().map(Offer::description).orElse("nothing");
            return new Choice.Missing(
                    "needs " + shape() + "; the tests run on " + there
                            + ": set MONARCH_TEST_MONGOD or put mongod on the PATH"
                            + (topology == Topology.SHARDED_CLUSTER ? ", with mongos in the same folder" : ""),
                    // Only a replica set can be required.
                    replicaSetRequired && topology != Topology.SHARDED_CLUSTER);
        }
        Offer offer = found.get();
        if (minVersion.isPresent() && offer.version().compareTo(minVersion.get()) < 0) {
            return new Choice.Missing(
                    "needs MongoDB " + minVersion.get() + " or newer; the tests run on " + offer.description()
                            + (offer.kind() == ServerKind.EMBEDDED ? ", which acts as " + offer.version() : ""),
                    // An older real server still satisfies the requirement. Only a missing server is a failure.
                    replicaSetRequired && offer.kind() == ServerKind.EMBEDDED);
        }
        return new Choice.Taken(offer, offer.topologyFor(topology));
    }

    private boolean fits(Offer offer) {
        return (topology == Topology.ANY || offer.topologies().contains(topology))
                && (!own || offer.own())
                && (members == 1 || offer.severalMembers())
                && (!accessControl || offer.accessControl());
    }

    private String shape() {
        if (members > 1) {
            return "a replica set of " + members + " members of its own";
        }
        String shape = switch (topology) {
            case ANY -> "a server";
            case REPLICA_SET -> "a replica set";
            case STANDALONE -> "a standalone server";
            case SHARDED_CLUSTER -> "a sharded cluster";
        };
        if (accessControl) {
            return shape + " of its own with access control";
        }
        return own ? shape + " of its own, which it may stop" : shape;
    }
}
