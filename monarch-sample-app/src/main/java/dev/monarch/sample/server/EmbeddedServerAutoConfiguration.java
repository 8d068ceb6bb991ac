package dev.monarch.sample.server;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Connects the kennel with an embedded server if nobody has told it where else to find one.
 *
 * <p>An auto-configuration, because only such a one knows whether somebody else has defined the connection.
 */
@AutoConfiguration(before = MongoAutoConfiguration.class)
@Conditional(NoServerConfigured.class)
@ConditionalOnMissingBean(MongoConnectionDetails.class)
@EnableConfigurationProperties(EmbeddedProperties.class)
class EmbeddedServerAutoConfiguration {

    /** Closed after the client: the connection depends on it, and the client on the connection. */
    @Bean
    EmbeddedServer embeddedServer(EmbeddedProperties properties) {
        return EmbeddedServer.start(properties.directoryOrDefault());
    }

    @Bean
    MongoConnectionDetails embeddedConnection(EmbeddedServer server) {
        return server::connectionString;
    }
}
