package dev.monarch.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.Name;

/**
 * One environment: its own connection, or the name of the profile whose connection it uses.
 *
 * <p>All values stay text until the environment is first used. So an unresolved placeholder in an unused environment
 * does no harm.
 *
 * @param profile Spring profile whose 'spring.mongodb' properties are the connection. When neither it nor a
 *     connection is set, the profile with the environment's name.
 * @param uri Connection string, including the database. Excludes host, port and credentials.
 * @param host Host of the server.
 * @param port Port of the server.
 * @param database Name of the database. Overrides the one in the connection string.
 * @param username User to authenticate as.
 * @param password Password of the user.
 * @param authenticationDatabase Database in which the user is defined.
 * @param ssl TLS of the connection.
 * @param protectedFlag Whether destructive operations need the environment's name. When not set, its name and host
 *     decide.
 */
@ConfigurationPropertiesSource
public record EnvironmentProperties(
        @Nullable String profile,
        @Nullable String uri,
        @Nullable String host,
        @Nullable String port,
        @Nullable String database,
        @Nullable String username,
        @Nullable String password,
        @Nullable String authenticationDatabase,
        @Nullable Ssl ssl,
        @Name("protected") @Nullable Boolean protectedFlag) {

    static final EnvironmentProperties EMPTY =
            new EnvironmentProperties(null, null, null, null, null, null, null, null, null, null);

    /**
     * TLS of a connection.
     *
     * @param enabled Whether to use TLS. Enabled by default if a bundle is set.
     * @param bundle Name of the SSL bundle.
     */
    public record Ssl(@Nullable Boolean enabled, @Nullable String bundle) {}

    boolean hasOwnConnection() {
        return uri != null || host != null || port != null || database != null;
    }

    boolean hasCredentials() {
        return username != null || password != null || authenticationDatabase != null;
    }

    /** Names what is set, but never the values, which contain secrets. */
    @Override
    public String toString() {
        return hasOwnConnection() ? "its own connection" : "the connection of a profile";
    }
}
