package dev.monarch.sample.server;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Connects the kennel to an embedded server if no other server is configured.
 *
 * <p>An auto-configuration, because only auto-configurations can tell whether the application defines the connection.
 */
@AutoConfiguration(before = MongoAutoConfiguration.class)
@Conditional(NoServerConfigured.class)
@ConditionalOnMissingBean(MongoConnectionDetails.class)
@EnableConfigurationProperties(EmbeddedProperties.class)
class EmbeddedServerAutoConfiguration {

    /** Closed after the client: the connection depends on it, and the client depends on the connection. */
    @Bean
    EmbeddedServer embeddedServer(EmbeddedProperties properties) {
        return EmbeddedServer.start(properties.directoryOrDefault());
    }

    @Bean
    MongoConnectionDetails embeddedConnection(EmbeddedServer server) {
        return server::connectionString;
    }
}
