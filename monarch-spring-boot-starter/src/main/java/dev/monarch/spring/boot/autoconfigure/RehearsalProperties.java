package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where rehearsals run if no environment is named.
 *
 * @param server Connection string of the server on which scratch databases are created. Do not use a production
 *     server.
 */
@ConfigurationProperties("monarch.rehearsal")
public record RehearsalProperties(
        @DefaultValue("mongodb://localhost:27017") String server) {

    /** Does not show the server, because its connection string may contain a password. */
    @Override
    public String toString() {
        return "RehearsalProperties";
    }
}
