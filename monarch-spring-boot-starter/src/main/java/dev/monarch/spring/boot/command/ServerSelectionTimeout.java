package dev.monarch.spring.boot.command;

import java.util.concurrent.TimeUnit;

import com.mongodb.MongoClientSettings;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.core.Ordered;

/**
 * A short server selection timeout for commands, because a user waits. A connection string or settings of the
 * application override it, because they are applied later.
 */
final class ServerSelectionTimeout implements MongoClientSettingsBuilderCustomizer, Ordered {

    static final int SECONDS = 5;

    private static final long DRIVERS_DEFAULT =
            MongoClientSettings.builder().build().getClusterSettings().getServerSelectionTimeout(TimeUnit.SECONDS);

    @Override
    public void customize(MongoClientSettings.Builder settings) {
        long chosen = settings.build().getClusterSettings().getServerSelectionTimeout(TimeUnit.SECONDS);
        if (chosen == DRIVERS_DEFAULT) {
            settings.applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(SECONDS, TimeUnit.SECONDS));
        }
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
