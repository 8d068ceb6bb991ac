package dev.monarch.spring.boot.autoconfigure;

import com.mongodb.MongoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import dev.monarch.engine.version.VersionSamples;
import dev.monarch.engine.version.VersionedCollections;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.MonarchEnvironment;

/** Checks the versions of documents after migrations, and before the application serves or listens. */
final class VersionLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(VersionLifecycle.class);

    private final EnvironmentRegistry environments;

    private final VersionedCollections collections;

    private volatile boolean running;

    VersionLifecycle(EnvironmentRegistry environments, VersionedCollections collections) {
        this.environments = environments;
        this.collections = collections;
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
        running = true;
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
        return MigrationLifecycle.PHASE + 1;
    }
}
