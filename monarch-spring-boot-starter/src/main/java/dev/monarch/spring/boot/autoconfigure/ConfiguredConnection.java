package dev.monarch.spring.boot.autoconfigure;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.mongodb.autoconfigure.MongoClientFactory;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.MongoProperties;
import org.springframework.boot.mongodb.autoconfigure.PropertiesMongoConnectionDetails;
import org.springframework.boot.mongodb.autoconfigure.StandardMongoClientSettingsBuilderCustomizer;
import org.springframework.boot.ssl.SslBundles;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.MonarchEnvironment.EnvironmentConnection;

/** A connection from properties, interpreted as Spring Boot interprets {@code spring.mongodb.*}. */
final class ConfiguredConnection implements EnvironmentConnection {

    private static final Pattern ANOTHER_URI = Pattern.compile(",\\s*mongodb(\\+srv)?://");

    private final MongoProperties properties;

    private final MongoConnectionDetails details;

    private final EnvironmentAddress address;

    private ConfiguredConnection(
            MongoProperties properties, MongoConnectionDetails details, EnvironmentAddress address) {
        this.properties = properties;
        this.details = details;
        this.address = address;
    }

    /**
     * Reads a connection.
     *
     * @param environment the environment's name
     * @param prefix the prefix of its properties, for messages
     * @throws InvalidEnvironmentException if it is not usable; the message names the property and quotes no value
     */
    static ConfiguredConnection of(
            String environment, String prefix, MongoProperties properties, @Nullable SslBundles sslBundles) {
        Placeholders.requireResolved(environment, prefix, properties);
        requireOneUri(environment, prefix, properties.getUri());
        requireBundle(environment, prefix, properties.getSsl().getBundle(), sslBundles);
        MongoConnectionDetails ofSpringBoot = new PropertiesMongoConnectionDetails(properties, sslBundles);
        MongoConnectionDetails details =
                properties.getUri() != null ? ofSpringBoot : new EncodedConnectionDetails(ofSpringBoot);
        ConnectionString connection = parse(environment, prefix, properties, details);
        return of(environment, prefix + ".database", details, connection, properties.getDatabase(), properties);
    }

    /**
     * Uses a connection that Spring Boot has read.
     *
     * @param environment the environment's name
     * @param details the connection
     * @param database the database, if it is named separately
     * @param properties how values are represented
     * @throws InvalidEnvironmentException if no database is named
     */
    static ConfiguredConnection of(
            String environment, MongoConnectionDetails details, @Nullable String database, MongoProperties properties) {
        return of(environment, "spring.mongodb.database", details, details.getConnectionString(), database, properties);
    }

    private static ConfiguredConnection of(
            String environment,
            String property,
            MongoConnectionDetails details,
            ConnectionString connection,
            @Nullable String apart,
            MongoProperties properties) {
        String database = apart != null ? apart : connection.getDatabase();
        if (database == null || database.isBlank()) {
            throw new InvalidEnvironmentException(
                    environment, property, "no database is named, neither here nor in the connection string");
        }
        return new ConfiguredConnection(properties, details, EnvironmentAddress.of(connection, database));
    }

    private static ConnectionString parse(
            String environment, String prefix, MongoProperties properties, MongoConnectionDetails details) {
        try {
            return details.getConnectionString();
        } catch (IllegalArgumentException e) {
            // Without the cause: the driver quotes the connection string, including the password.
            String property = properties.getUri() != null ? ".uri" : ".host";
            throw new InvalidEnvironmentException(
                    environment,
                    prefix + property,
                    "it is not a valid connection string (mongodb://… or mongodb+srv://…, special characters in user"
                            + " and password percent-encoded)");
        } catch (MongoException e) {
            // The driver reads the TXT record of a mongodb+srv address together with the address.
            throw new InvalidEnvironmentException(environment, prefix + ".uri", "its DNS records cannot be read");
        }
    }

    /** If a command line has an argument twice, Spring joins the values by a comma. The driver would use the first host. */
    private static void requireOneUri(String environment, String prefix, @Nullable String uri) {
        if (uri != null && ANOTHER_URI.matcher(uri).find()) {
            throw new InvalidEnvironmentException(
                    environment, prefix + ".uri", "it is set twice, to two connection strings");
        }
    }

    private static void requireBundle(
            String environment, String prefix, @Nullable String bundle, @Nullable SslBundles sslBundles) {
        if (bundle != null
                && (sslBundles == null || !sslBundles.getBundleNames().contains(bundle))) {
            throw new InvalidEnvironmentException(
                    environment, prefix + ".ssl.bundle", "there is no SSL bundle '" + bundle + "' (spring.ssl.bundle)");
        }
    }

    /** {@return the details as Spring Boot's own beans use them} */
    MongoConnectionDetails details() {
        return details;
    }

    @Override
    public EnvironmentAddress address() {
        return address;
    }

    @Override
    public MongoClient open() {
        return new MongoClientFactory(List.of(customizer()))
                .createMongoClient(MongoClientSettings.builder().build());
    }

    @Override
    public Optional<MongoClientSettings> settings() {
        MongoClientSettings.Builder settings = MongoClientSettings.builder();
        customizer().customize(settings);
        return Optional.of(settings.build());
    }

    private StandardMongoClientSettingsBuilderCustomizer customizer() {
        return new StandardMongoClientSettingsBuilderCustomizer(
                details, properties.getRepresentation().getUuid());
    }
}
