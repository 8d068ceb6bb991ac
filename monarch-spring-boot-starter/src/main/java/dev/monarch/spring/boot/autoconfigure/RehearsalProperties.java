package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where rehearsals are held unless an environment is named.
 *
 * @param server Connection string of the server that scratch databases are made on. It should not be one that matters.
 */
@ConfigurationProperties("monarch.rehearsal")
public record RehearsalProperties(
        @DefaultValue("mongodb://localhost:27017") String server) {

    /** Does not show the server, for there may be a password in its connection string. */
    @Override
    public String toString() {
        return "RehearsalProperties";
    }
}
