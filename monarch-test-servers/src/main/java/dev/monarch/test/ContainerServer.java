package dev.monarch.test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.mongodb.MongoDBContainer;

/**
 * A container with one {@code mongod}. We choose its port on the host, because Docker would choose a new one each time
 * it starts the container.
 */
final class ContainerServer implements Server {

    private static final String VERSION = "8.0";

    private static final String IMAGE = "mongo:" + VERSION;

    private static final int MONGODB_PORT = 27017;

    static final Offer OFFER = new Offer(
            ServerKind.CONTAINER,
            "container " + IMAGE,
            Version.of(VERSION),
            Set.of(Topology.REPLICA_SET, Topology.STANDALONE),
            true,
            false,
            false);

    private final MongoDBContainer container;

    private final Topology topology;

    private final Member member;

    private boolean running = true;

    private boolean paused;

    private ContainerServer(MongoDBContainer container, Topology topology) {
        this.container = container;
        this.topology = topology;
        this.member = new Member(container.getHost() + ":" + container.getMappedPort(MONGODB_PORT));
    }

    static ContainerServer started(Topology topology) {
        MongoDBContainer container = new MongoDBContainer(IMAGE);
        container.setPortBindings(List.of(FreePort.find() + ":" + MONGODB_PORT));
        if (topology == Topology.REPLICA_SET) {
            container.withReplicaSet();
        }
        container.start();
        return new ContainerServer(container, topology);
    }

    @Override
    public ServerKind kind() {
        return ServerKind.CONTAINER;
    }

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public String description() {
        return OFFER.description() + (topology == Topology.REPLICA_SET ? ", replica set of 1" : ", standalone");
    }

    /** Direct, because only the container resolves the host name of the replica set's member. */
    @Override
    public String uri(String database) {
        return "mongodb://" + member.address() + "/" + database + "?directConnection=true";
    }

    @Override
    public void stop() {
        if (running) {
            resume();
            // A primary takes up to fifteen seconds to shut down cleanly. Docker waits ten by default.
            docker().stopContainerCmd(id()).withTimeout(30).exec();
            running = false;
        }
    }

    @Override
    public void start() {
        if (!running) {
            docker().startContainerCmd(id()).exec();
            running = true;
        }
        Poll.until(member::answers, () -> description() + " does not answer");
        if (topology == Topology.REPLICA_SET) {
            awaitPrimary();
        }
    }

    @Override
    public void kill() {
        if (running) {
            resume();
            docker().killContainerCmd(id()).exec();
            running = false;
        }
    }

    @Override
    public void pause() {
        if (running && !paused) {
            docker().pauseContainerCmd(id()).exec();
            paused = true;
        }
    }

    /** Docker neither stops nor kills a paused container. */
    @Override
    public void resume() {
        if (paused) {
            docker().unpauseContainerCmd(id()).exec();
            paused = false;
        }
    }

    @Override
    public void stepDown(Duration forHowLong) {
        replicaSet().stepDown(forHowLong);
    }

    @Override
    public void awaitPrimary() {
        replicaSet().awaitPrimary();
    }

    private ReplicaSet replicaSet() {
        if (topology != Topology.REPLICA_SET) {
            throw new IllegalStateException(description() + " has no primary");
        }
        return new ReplicaSet(ReplicaSet.NAME, List.of(member));
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }

    private String id() {
        return container.getContainerId();
    }

    @Override
    public void close() {
        Closeables.all(List.<AutoCloseable>of(this::resume, member, container::stop));
    }
}
