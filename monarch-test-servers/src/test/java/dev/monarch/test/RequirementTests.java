package dev.monarch.test;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RequirementTests {

    private static final Offer EXTERNAL_STANDALONE = new Offer(
            ServerKind.EXTERNAL,
            "external MongoDB 4.4.6",
            Version.of("4.4.6"),
            Set.of(Topology.STANDALONE),
            false,
            false,
            false);

    private static final Offer EXTERNAL_SET = new Offer(
            ServerKind.EXTERNAL,
            "external MongoDB 7.0.2",
            Version.of("7.0.2"),
            Set.of(Topology.REPLICA_SET),
            false,
            false,
            false);

    private static final Offer MONGOD = new Offer(
            ServerKind.MONGOD,
            "mongod 5.0.29",
            Version.of("5.0.29"),
            Set.of(Topology.REPLICA_SET, Topology.STANDALONE),
            true,
            true,
            true);

    private static final Offer CONTAINER = ContainerServer.OFFER;

    private static final Offer EMBEDDED = new Offer(
            ServerKind.EMBEDDED,
            "embedded mongo-java-server 1.47.0",
            Version.of("5.0.0"),
            Set.of(Topology.STANDALONE),
            false,
            false,
            false);

    private static final String ADVICE = ": set MONARCH_TEST_MONGOD or put mongod on the PATH";

    @Test
    void anyTopologyTakesTheFirstServerInItsBestTopology() {
        assertThat(needs(Topology.ANY).choose(List.of(EXTERNAL_STANDALONE, MONGOD, EMBEDDED), false))
                .isEqualTo(new Choice.Taken(EXTERNAL_STANDALONE, Topology.STANDALONE));
        assertThat(needs(Topology.ANY).choose(List.of(MONGOD, EMBEDDED), false))
                .isEqualTo(new Choice.Taken(MONGOD, Topology.REPLICA_SET));
        assertThat(needs(Topology.ANY).choose(List.of(EMBEDDED), true))
                .isEqualTo(new Choice.Taken(EMBEDDED, Topology.STANDALONE));
    }

    @Test
    void serversOfAnotherTopologyAreNotTaken() {
        assertThat(needs(Topology.REPLICA_SET).choose(List.of(EXTERNAL_STANDALONE, MONGOD, EMBEDDED), false))
                .isEqualTo(new Choice.Taken(MONGOD, Topology.REPLICA_SET));
        assertThat(needs(Topology.STANDALONE).choose(List.of(EXTERNAL_SET, EMBEDDED), false))
                .isEqualTo(new Choice.Taken(EMBEDDED, Topology.STANDALONE));
    }

    @Test
    void anExternalServerIsNeverATestsOwn() {
        assertThat(own(Topology.ANY, 1).choose(List.of(EXTERNAL_SET, CONTAINER, EMBEDDED), false))
                .isEqualTo(new Choice.Taken(CONTAINER, Topology.REPLICA_SET));
        assertThat(own(Topology.STANDALONE, 1).choose(List.of(EXTERNAL_SET, MONGOD, EMBEDDED), false))
                .isEqualTo(new Choice.Taken(MONGOD, Topology.STANDALONE));
    }

    @Test
    void severalMembersNeedAMongodBinary() {
        assertThat(own(Topology.ANY, 3).choose(List.of(MONGOD, EMBEDDED), false))
                .isEqualTo(new Choice.Taken(MONGOD, Topology.REPLICA_SET));
        assertThat(own(Topology.REPLICA_SET, 3).choose(List.of(CONTAINER, EMBEDDED), false))
                .isEqualTo(new Choice.Missing(
                        "needs a replica set of 3 members of its own; the tests run on container mongo:8.0" + ADVICE,
                        false));
    }

    @Test
    void theReasonSaysWhatIsNeededAndWhatIsAvailable() {
        assertThat(needs(Topology.REPLICA_SET).choose(List.of(EMBEDDED), false))
                .isEqualTo(new Choice.Missing(
                        "needs a replica set; the tests run on embedded mongo-java-server 1.47.0" + ADVICE, false));
        assertThat(needs(Topology.STANDALONE).choose(List.of(EXTERNAL_SET), false))
                .isEqualTo(new Choice.Missing(
                        "needs a standalone server; the tests run on external MongoDB 7.0.2" + ADVICE, false));
        assertThat(own(Topology.ANY, 1).choose(List.of(EMBEDDED), false))
                .isEqualTo(new Choice.Missing(
                        "needs a server of its own, which it may stop; the tests run on embedded mongo-java-server"
                                + " 1.47.0" + ADVICE,
                        false));
    }

    @Test
    void aMissingServerIsAFailureIfRequired() {
        assertThat(needs(Topology.REPLICA_SET).choose(List.of(EMBEDDED), true))
                .isInstanceOfSatisfying(
                        Choice.Missing.class,
                        missing -> assertThat(missing.failure()).isTrue());
        assertThat(since("6.0").choose(List.of(EMBEDDED), true))
                .isInstanceOfSatisfying(
                        Choice.Missing.class,
                        missing -> assertThat(missing.failure()).isTrue());
    }

    @Test
    void anOlderServerCausesASkipAndNoOtherIsTried() {
        assertThat(since("5.0").choose(List.of(EXTERNAL_STANDALONE, MONGOD, EMBEDDED), true))
                .isEqualTo(new Choice.Missing(
                        "needs MongoDB 5.0 or newer; the tests run on external MongoDB 4.4.6", false));
        assertThat(since("6.0").choose(List.of(EMBEDDED), false))
                .isEqualTo(new Choice.Missing(
                        "needs MongoDB 6.0 or newer; the tests run on embedded mongo-java-server 1.47.0, which acts"
                                + " as 5.0.0",
                        false));
        assertThat(since("5.0.29").choose(List.of(MONGOD), false))
                .isEqualTo(new Choice.Taken(MONGOD, Topology.REPLICA_SET));
    }

    @Test
    void accessControlNeedsAServerThatTheTestsStart() {
        Requirement guarded = new Requirement(Topology.ANY, Optional.empty(), true, 1, true);
        assertThat(guarded.choose(List.of(EXTERNAL_SET, MONGOD, EMBEDDED), false))
                .isEqualTo(new Choice.Taken(MONGOD, Topology.REPLICA_SET));
        assertThat(guarded.choose(List.of(CONTAINER, EMBEDDED), false))
                .isEqualTo(new Choice.Missing(
                        "needs a server of its own with access control; the tests run on " + CONTAINER.description()
                                + ADVICE,
                        false));
    }

    @Test
    void aShardedClusterNeedsMongosAndIsNeverRequired() {
        Offer withMongos = new Offer(
                ServerKind.MONGOD,
                "mongod 8.0.0",
                Version.of("8.0.0"),
                Set.of(Topology.REPLICA_SET, Topology.STANDALONE, Topology.SHARDED_CLUSTER),
                true,
                true,
                true);
        assertThat(needs(Topology.SHARDED_CLUSTER).choose(List.of(withMongos, EMBEDDED), true))
                .isEqualTo(new Choice.Taken(withMongos, Topology.SHARDED_CLUSTER));
        assertThat(needs(Topology.ANY).choose(List.of(withMongos, EMBEDDED), true))
                .isEqualTo(new Choice.Taken(withMongos, Topology.REPLICA_SET));
        assertThat(needs(Topology.SHARDED_CLUSTER).choose(List.of(MONGOD, EMBEDDED), true))
                .isEqualTo(new Choice.Missing(
                        "needs a sharded cluster; the tests run on " + MONGOD.description() + ADVICE
                                + ", with mongos in the same folder",
                        false));
    }

    @Test
    void contradictionsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> own(Topology.ANY, 0))
                .withMessage("@MongoTest(members = 0): at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Requirement(Topology.ANY, Optional.empty(), false, 3, false))
                .withMessage("@MongoTest(members = 3) needs own = true");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Requirement(Topology.ANY, Optional.empty(), false, 1, true))
                .withMessage("@MongoTest(accessControl = true) needs own = true");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> own(Topology.STANDALONE, 3))
                .withMessage("@MongoTest(members = 3) contradicts STANDALONE");
    }

    private static Requirement needs(Topology topology) {
        return new Requirement(topology, Optional.empty(), false, 1, false);
    }

    private static Requirement own(Topology topology, int members) {
        return new Requirement(topology, Optional.empty(), true, members, false);
    }

    private static Requirement since(String version) {
        return new Requirement(Topology.ANY, Optional.of(Version.of(version)), false, 1, false);
    }
}
