package dev.monarch.sample.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

import com.mongodb.ConnectionString;
import de.bwaldvogel.mongo.MongoServer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * mongo-java-server in this process, on a free port of the loopback interface, with its data in a file.
 *
 * <p>It speaks MongoDB's protocol but is not MongoDB: no sessions, no transactions, no replica set.
 */
final class EmbeddedServer implements AutoCloseable {

    private final Path directory;

    private final MongoServer server;

    private final ConnectionString connectionString;

    private EmbeddedServer(Path directory, FileBackend backend) {
        this.directory = directory;
        this.server = new MongoServer(backend);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        this.connectionString = new ConnectionString(server.getConnectionString() + "/kennel");
    }

    /**
     * Starts a server.
     *
     * @param directory the directory of its data; created if it is missing
     * @throws DataUnusableException if the directory cannot be created or read, or if another process uses it
     */
    static EmbeddedServer start(Path directory) {
        Path file = directory.resolve("kennel.mv");
        try {
            Files.createDirectories(directory);
            return new EmbeddedServer(directory, FileBackend.open(file));
        } catch (MVStoreException e) {
            throw e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                    ? DataUnusableException.inUse(directory, e)
                    : DataUnusableException.unreadable(file, e);
        } catch (IOException e) {
            throw DataUnusableException.noDirectory(directory, e);
        }
    }

    Path directory() {
        return directory;
    }

    ConnectionString connectionString() {
        return connectionString;
    }

    /** Its threads are not daemons: without this the process would not end. */
    @Override
    public void close() {
        server.shutdownNow();
    }
}
