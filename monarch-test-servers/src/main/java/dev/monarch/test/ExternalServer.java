package dev.monarch.test;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;

/** A running server that the tests neither start nor stop. This asks it once what it is. */
final class ExternalServer implements Server {

    private final String uri;

    private final Topology topology;

    private final Version version;

    private final int members;

    private ExternalServer(String uri, Topology topology, Version version, int members) {
        this.uri = uri;
        this.topology = topology;
        this.version = version;
        this.members = members;
    }

    static ExternalServer at(String uri) {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(10, TimeUnit.SECONDS))
                // Last, so that these timeouts override those of the connection string.
                .applyConnectionString(new ConnectionString(uri))
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            // isMaster, because the oldest releases that the driver supports do not have hello.
            Document member = client.getDatabase("admin").runCommand(new Document("isMaster", 1));
            Document build = client.getDatabase("admin").runCommand(new Document("buildInfo", 1));
            boolean replicaSet = member.containsKey("setName");
            boolean router = "isdbgrid".equals(member.getString("msg"));
            return new ExternalServer(
                    uri,
                    replicaSet ? Topology.REPLICA_SET : router ? Topology.SHARDED_CLUSTER : Topology.STANDALONE,
                    Version.of(Objects.requireNonNull(build.getString("version"), "buildInfo.version")),
                    replicaSet ? member.getList("hosts", String.class).size() : 1);
        } catch (MongoException e) {
            throw new IllegalStateException(
                    "MONARCH_TEST_MONGODB_URI is set, but its server does not answer: " + e.getMessage(), e);
        }
    }

    Offer offer() {
        return new Offer(kind(), "external MongoDB " + version, version, Set.of(topology), false, false, false);
    }

    @Override
    public ServerKind kind() {
        return ServerKind.EXTERNAL;
    }

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public String description() {
        return offer().description()
                + switch (topology) {
                    case REPLICA_SET -> ", replica set of " + members;
                    case SHARDED_CLUSTER -> ", sharded cluster";
                    default -> ", standalone";
                };
    }

    @Override
    public String uri(String database) {
        return ConnectionStrings.withDatabase(uri, database);
    }

    @Override
    public void close() {}
}
