package dev.monarch.engine.server;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.ServerApi;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCluster;
import com.mongodb.connection.ConnectionPoolSettings;
import com.mongodb.connection.TransportSettings;
import com.mongodb.observability.ObservabilitySettings;
import org.bson.UuidRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * Creates the client for Monarch's own operations: the application's settings without those that must not affect
 * them.
 *
 * <p>It reads from the primary with read concern {@code local}, writes with write concern {@code majority}, and has
 * no timeout. Otherwise, locks, history, counts and copies would depend on options that an application sets for its
 * own queries.
 */
public final class OwnClient {

    private static final String NAME = "monarch";

    /** The limit of the MongoDB Handshake specification, in bytes. */
    private static final int NAME_LIMIT = 128;

    private static final Duration IDLE = Duration.ofSeconds(60);

    /** In a smaller pool, beans of the application may use all connections. */
    private static final int FEWEST_CONNECTIONS = 10;

    private OwnClient() {}

    /**
     * Opens a separate client with its own connections.
     *
     * @param application the application's settings
     * @return the client, which the caller closes
     */
    public static MongoClient open(MongoClientSettings application) {
        return MongoClients.create(settings(application));
    }

    /**
     * Returns a view of the application's client, for when its settings are unknown.
     *
     * <p>Its connection pool, {@code socketTimeoutMS}, {@code retryWrites} and a strict Stable API still apply.
     *
     * @param application the application's client
     * @return the view, which is closed with the client
     */
    public static MongoCluster view(MongoClient application) {
        MongoCluster view = application
                .withCodecRegistry(MongoClientSettings.getDefaultCodecRegistry())
                .withReadPreference(ReadPreference.primary())
                .withReadConcern(ReadConcern.LOCAL)
                .withWriteConcern(WriteConcern.MAJORITY);
        // With a timeout, even an unlimited one, the driver retries differently. So it is only set to remove another
        // one.
        return view.getTimeout(TimeUnit.MILLISECONDS) == null ? view : view.withTimeout(0, TimeUnit.MILLISECONDS);
    }

    /**
     * Tells whether a short read may use the connections of an application's client: it has no limit that a client of
     * {@link #open} would not have, and other reads leave it a connection.
     *
     * @param application the settings of the client
     * @return whether a {@link #view} reads as reliably
     */
    public static boolean permitsShortReads(MongoClientSettings application) {
        int connections = application.getConnectionPoolSettings().getMaxSize();
        return application.getTimeout(TimeUnit.MILLISECONDS) == null
                && application.getSocketSettings().getReadTimeout(TimeUnit.MILLISECONDS) == 0
                && application.getRetryReads()
                && (connections == 0 || connections >= FEWEST_CONNECTIONS);
    }

    /**
     * Derives the settings of Monarch's client.
     *
     * <p>They are copied one by one, because a client-wide timeout cannot be removed from a copy of all settings.
     */
    static MongoClientSettings settings(MongoClientSettings application) {
        MongoClientSettings.Builder own = MongoClientSettings.builder()
                .applyToClusterSettings(cluster -> cluster.applySettings(application.getClusterSettings()))
                .applyToServerSettings(server -> server.applySettings(application.getServerSettings()))
                .applyToSslSettings(ssl -> ssl.applySettings(application.getSslSettings()))
                .applyToSocketSettings(socket ->
                        socket.applySettings(application.getSocketSettings()).readTimeout(0, TimeUnit.MILLISECONDS))
                .applyToConnectionPoolSettings(pool -> pool(pool, application.getConnectionPoolSettings()))
                .applyToLoggerSettings(logger -> logger.applySettings(application.getLoggerSettings()))
                .applicationName(name(application.getApplicationName()))
                .commandListenerList(application.getCommandListeners())
                .compressorList(application.getCompressorList())
                .readPreference(ReadPreference.primary())
                .readConcern(ReadConcern.LOCAL)
                .writeConcern(WriteConcern.MAJORITY)
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .contextProvider(application.getContextProvider())
                .dnsClient(application.getDnsClient())
                .inetAddressResolver(application.getInetAddressResolver());
        MongoCredential credential = application.getCredential();
        if (credential != null) {
            own.credential(credential);
        }
        TransportSettings transport = application.getTransportSettings();
        if (transport != null) {
            own.transportSettings(transport);
        }
        if (DriverFeature.OBSERVABILITY.isAvailable()) {
            Observability.copy(application, own);
        }
        ServerApi api = application.getServerApi();
        if (api != null) {
            // Some commands that the guard needs are not part of the Stable API.
            own.serverApi(ServerApi.builder().version(api.getVersion()).build());
        }
        return own.build();
    }

    /** The pool is unlimited, so that no heartbeat waits for a connection. Idle connections are closed. */
    private static void pool(ConnectionPoolSettings.Builder own, ConnectionPoolSettings application) {
        own.applySettings(ConnectionPoolSettings.builder()
                .minSize(0)
                .maxSize(0)
                .maxConnecting(application.getMaxConnecting())
                .maxConnectionIdleTime(idle(application), TimeUnit.MILLISECONDS)
                .maxConnectionLifeTime(
                        application.getMaxConnectionLifeTime(TimeUnit.MILLISECONDS), TimeUnit.MILLISECONDS)
                .build());
    }

    private static long idle(ConnectionPoolSettings application) {
        long limit = application.getMaxConnectionIdleTime(TimeUnit.MILLISECONDS);
        return limit == 0 ? IDLE.toMillis() : Math.min(limit, IDLE.toMillis());
    }

    private static String name(@Nullable String application) {
        if (application == null) {
            return NAME;
        }
        String name = application + " (" + NAME + ")";
        return name.getBytes(StandardCharsets.UTF_8).length <= NAME_LIMIT ? name : application;
    }

    /** A separate class, because an older driver cannot load it. */
    private static final class Observability {

        private Observability() {}

        static void copy(MongoClientSettings application, MongoClientSettings.Builder own) {
            ObservabilitySettings settings = application.getObservabilitySettings();
            if (settings != null) {
                own.observabilitySettings(settings);
            }
        }
    }
}
