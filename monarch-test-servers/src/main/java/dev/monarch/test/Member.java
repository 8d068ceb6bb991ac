package dev.monarch.test;

import java.util.List;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSocketException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ClusterConnectionMode;
import org.bson.Document;

/** One server process over a direct connection, whatever the state of its replica set. It may be down. */
final class Member implements AutoCloseable {

    private static final int INTERRUPTED_AT_SHUTDOWN = 11600;

    private static final int SHUTDOWN_IN_PROGRESS = 91;

    private final String address;

    private MongoClient client;

    Member(String address) {
        this.address = address;
        this.client = MongoClients.create(settings().build());
    }

    private MongoClientSettings.Builder settings() {
        return MongoClientSettings.builder()
                .applyToClusterSettings(cluster -> cluster.mode(ClusterConnectionMode.SINGLE)
                        .hosts(List.of(new ServerAddress(address)))
                        .serverSelectionTimeout(2, TimeUnit.SECONDS))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(2, TimeUnit.SECONDS).readTimeout(15, TimeUnit.SECONDS))
                .applyToServerSettings(server -> server.heartbeatFrequency(500, TimeUnit.MILLISECONDS)
                        .minHeartbeatFrequency(50, TimeUnit.MILLISECONDS));
    }

    /** Authenticates as the administrator from now on. The administrator must exist. */
    void logIn() {
        client.close();
        client = MongoClients.create(
                settings().credential(Administrator.CREDENTIAL).build());
    }

    String address() {
        return address;
    }

    Document run(Document command) {
        return client.getDatabase("admin").runCommand(command);
    }

    boolean answers() {
        try {
            run(new Document("ping", 1));
            return true;
        } catch (MongoException e) {
            return false;
        }
    }

    /** Whether it accepts writes. A member that does not answer does not. */
    boolean isPrimary() {
        return is("ismaster");
    }

    boolean isSecondary() {
        return is("secondary");
    }

    private boolean is(String what) {
        try {
            // isMaster, because the oldest releases that the driver supports do not have hello.
            return run(new Document("isMaster", 1)).getBoolean(what, false);
        } catch (MongoException e) {
            return false;
        }
    }

    /** Tells the process to shut down; returns whether it received the command. */
    boolean shutDown() {
        try {
            run(new Document("shutdown", 1).append("force", true).append("timeoutSecs", 0));
            return true;
        } catch (MongoSocketException e) {
            return true; // the usual answer: the connection ends with the process
        } catch (MongoCommandException e) {
            return e.getErrorCode() == INTERRUPTED_AT_SHUTDOWN || e.getErrorCode() == SHUTDOWN_IN_PROGRESS;
        } catch (MongoException e) {
            return false;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
