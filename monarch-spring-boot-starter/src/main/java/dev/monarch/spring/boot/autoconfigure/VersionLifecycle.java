package dev.monarch.spring.boot.autoconfigure;

import com.mongodb.MongoException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import dev.monarch.engine.version.VersionHeartbeat;
import dev.monarch.engine.version.VersionSamples;
import dev.monarch.engine.version.VersionedCollections;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.MonarchEnvironment;

/**
 * Checks the versions of documents after migrations, and before the application serves or listens. From then on, it shows other
 * instances which versions this one has.
 */
final class VersionLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(VersionLifecycle.class);

    private final EnvironmentRegistry environments;

    private final VersionedCollections collections;

    private final VersionProperties properties;

    private volatile @Nullable VersionHeartbeat heartbeat;

    VersionLifecycle(EnvironmentRegistry environments, VersionedCollections collections, VersionProperties properties) {
        this.environments = environments;
        this.collections = collections;
        this.properties = properties;
    }

    @Override
    public void start() {
        MonarchEnvironment own = environments.own();
        try {
            VersionSamples.check(collections, own.ownDatabase(), own.name());
        } catch (MongoException e) {
            LOG.warn(
                    "Environment '{}': the versions of documents were not tried on documents, because the server did not"
                            + " answer: {}",
                    own.name(),
                    e.toString());
        }
        VersionHeartbeat started = new VersionHeartbeat(own, collections, properties.heartbeat());
        started.start();
        heartbeat = started;
    }

    @Override
    public void stop() {
        VersionHeartbeat started = heartbeat;
        if (started != null) {
            started.close();
        }
        heartbeat = null;
    }

    @Override
    public boolean isRunning() {
        return heartbeat != null;
    }

    @Override
    public int getPhase() {
        return MigrationLifecycle.PHASE + 1;
    }
}
