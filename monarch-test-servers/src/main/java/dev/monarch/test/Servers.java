package dev.monarch.test;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.testcontainers.DockerClientFactory;

/**
 * The servers of one test run: what can be had here, and those that tests share, each started when it is first needed
 * and stopped at the end.
 */
final class Servers implements AutoCloseable {

    private final Optional<ExternalServer> external;

    private final Optional<Mongod> mongod;

    private final List<Offer> offers;

    private final boolean replicaSetRequired;

    /** A shared server is known by its topology within the kind; a run may use several kinds. */
    private final Map<ServerKind, Map<Topology, SharedServer>> shared = new EnumMap<>(ServerKind.class);

    private boolean closed;

    Servers(Settings settings) {
        this.replicaSetRequired = settings.replicaSetRequired();
        this.external = settings.externalUri().map(ExternalServer::at);
        this.mongod = settings.mongod().map(Mongod::at);
        List<Offer> found = new ArrayList<>();
        external.map(ExternalServer::offer).ifPresent(found::add);
        mongod.map(Mongod::offer).ifPresent(found::add);
        // A container could do nothing here that the binary cannot, so Docker is not even asked.
        if (mongod.isEmpty()
                && settings.dockerLikely()
                && DockerClientFactory.instance().isDockerAvailable()) {
            found.add(ContainerServer.OFFER);
        }
        found.add(EmbeddedServer.OFFER);
        this.offers = List.copyOf(found);
    }

    Choice choose(Requirement requirement) {
        return requirement.choose(offers, replicaSetRequired);
    }

    /** The server that all tests with this choice share. */
    synchronized SharedServer shared(Choice.Taken choice) {
        if (closed) {
            throw new IllegalStateException("the test run is over");
        }
        ServerKind kind = choice.offer().kind();
        return shared.computeIfAbsent(kind, k -> new EnumMap<>(Topology.class))
                .computeIfAbsent(choice.topology(), topology -> {
                    SharedServer server = new SharedServer(fresh(kind, topology, 1, false));
                    Announcement.of(server.server());
                    return server;
                });
    }

    /** A new server (but for an external one, which is always the same); the caller closes it. */
    Server fresh(ServerKind kind, Topology topology, int members, boolean accessControl) {
        return switch (kind) {
            case EXTERNAL -> external.orElseThrow();
            case MONGOD ->
                topology == Topology.SHARDED_CLUSTER
                        ? ShardedCluster.started(mongod.orElseThrow())
                        : MongodServer.started(mongod.orElseThrow(), topology, members, accessControl);
            case CONTAINER -> ContainerServer.started(topology);
            case EMBEDDED -> new EmbeddedServer();
        };
    }

    @Override
    public synchronized void close() {
        closed = true;
        Closing.all(shared.values().stream()
                .flatMap(servers -> servers.values().stream())
                .toList());
    }
}
