package dev.monarch.sample.server;

import com.mongodb.client.MongoClient;
import com.mongodb.connection.ClusterSettings;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Logs which server the kennel runs on, before anything changes there. */
@Component
final class ServerAnnouncement implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ServerAnnouncement.class);

    /** Before Monarch's migrations, which precede everything else. */
    private static final int PHASE = Integer.MIN_VALUE + 500;

    private final ObjectProvider<EmbeddedServer> embedded;

    private final MongoClient client;

    private boolean running;

    ServerAnnouncement(ObjectProvider<EmbeddedServer> embedded, MongoClient client) {
        this.embedded = embedded;
        this.client = client;
    }

    @Override
    public void start() {
        EmbeddedServer server = embedded.getIfAvailable();
        if (server != null) {
            log.info("Kennel runs on the embedded server, data in {}", server.directory());
        } else {
            log.info("Kennel runs on MongoDB {} at {}", version(), address());
        }
        running = true;
    }

    private String version() {
        return client.getDatabase("admin")
                .runCommand(new Document("buildInfo", 1))
                .getString("version");
    }

    /** Host and port, from the cluster's settings, which contain no credentials. */
    private String address() {
        ClusterSettings cluster = client.getClusterDescription().getClusterSettings();
        String seedList = cluster.getSrvHost();
        return seedList != null
                ? seedList
                : String.join(
                        ", ", cluster.getHosts().stream().map(Object::toString).toList());
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
