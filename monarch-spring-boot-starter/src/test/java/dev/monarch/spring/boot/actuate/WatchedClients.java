package dev.monarch.spring.boot.actuate;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;

/** The clients that sent a command. */
public final class WatchedClients implements CommandListener {

    private final Set<Object> seen = ConcurrentHashMap.newKeySet();

    @Override
    public void commandStarted(CommandStartedEvent event) {
        seen.add(
                event.getConnectionDescription().getConnectionId().getServerId().getClusterId());
    }

    /** {@return an id for each client} */
    public Set<?> seen() {
        return seen;
    }

    @Bean
    MongoClientSettingsBuilderCustomizer watching() {
        return settings -> settings.addCommandListener(this);
    }
}
