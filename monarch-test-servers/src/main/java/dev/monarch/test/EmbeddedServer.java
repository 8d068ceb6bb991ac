package dev.monarch.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;

/** mongo-java-server in this JVM, in memory, on a free loopback port. */
final class EmbeddedServer implements Server {

    static final Offer OFFER = new Offer(
            ServerKind.EMBEDDED,
            "embedded mongo-java-server " + libraryVersion(),
            Version.of(ServerVersion.MONGO_5_0.toVersionString()),
            Set.of(Topology.STANDALONE),
            false,
            false,
            false);

    private final MongoServer server = new MongoServer(new HelloBackend());

    private final String address;

    EmbeddedServer() {
        this.address = server.bindAndGetConnectionString();
    }

    @Override
    public ServerKind kind() {
        return ServerKind.EMBEDDED;
    }

    @Override
    public Topology topology() {
        return Topology.STANDALONE;
    }

    @Override
    public String description() {
        return OFFER.description();
    }

    @Override
    public String uri(String database) {
        return address + "/" + database;
    }

    /** Its threads are not daemons: without this the JVM would not end. */
    @Override
    public void close() {
        server.shutdownNow();
    }

    /** The server's jar does not know its own version, so the build writes it into a file. */
    private static String libraryVersion() {
        try (InputStream in = EmbeddedServer.class.getResourceAsStream("embedded.properties")) {
            Properties properties = new Properties();
            properties.load(Objects.requireNonNull(in, "embedded.properties"));
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
