package dev.monarch.test;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.testcontainers.DockerClientFactory;

/**
 * The servers of one test run: those available, and those that tests share. Each is started when a test first needs it,
 * and stopped at the end.
 */
final class Servers implements AutoCloseable {

    private final Optional<ExternalServer> external;

    private final Optional<Mongod> mongod;

    private final List<Offer> offers;

    private final boolean replicaSetRequired;

    /** Identifies a shared server. One run may use several kinds. */
    private final Map<ServerKind, Map<Topology, SharedServer>> shared = new EnumMap<>(ServerKind.class);

    private boolean closed;

    Servers(Settings settings) {
        this.replicaSetRequired = settings.replicaSetRequired();
        this.external = settings.externalUri().map(ExternalServer::at);
        this.mongod = settings.mongod().map(Mongod::at);
        List<Offer> found = new ArrayList<>();
        external.map(ExternalServer::offer).ifPresent(found::add);
        mongod.map(Mongod::offer).ifPresent(found::add);
        // A container supports nothing that the binary does not, so this does not ask Docker.
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

    /** {@return the server that all tests with this choice share} */
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

    /** {@return a new server, which the caller closes} An external server is always the same one. */
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
        Closeables.all(shared.values().stream()
                .flatMap(servers -> servers.values().stream())
                .toList());
    }
}
