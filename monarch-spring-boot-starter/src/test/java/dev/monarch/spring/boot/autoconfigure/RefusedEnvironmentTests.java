package dev.monarch.spring.boot.autoconfigure;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.UnknownEnvironmentException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Invalid environments are refused by name on first use. docs/environments.md has the list for users. */
class RefusedEnvironmentTests {

    @TempDir
    private Path directory;

    private ConfigFiles files;

    @BeforeEach
    void writeTheApplicationsOwn() {
        files = new ConfigFiles(directory)
                .write("application.yml", "spring.mongodb.uri: mongodb://localhost:1/own\nmonarch.profiles: north\n");
    }

    @ParameterizedTest
    @CsvSource({
        "uri,                     'mongodb://keeper:secret@${NORTH_HOST}/kennel', NORTH_HOST",
        "uri,                     '${NORTH_URI}',                                 NORTH_URI",
        "host,                    '${NORTH_HOST}',                                NORTH_HOST",
        "port,                    '${NORTH_PORT}',                                NORTH_PORT",
        "database,                '${NORTH_DATABASE}',                            NORTH_DATABASE",
        "username,                '${NORTH_USER}',                                NORTH_USER",
        "password,                '${NORTH_PASSWORD}',                            NORTH_PASSWORD",
        "authentication-database, '${NORTH_USERS}',                               NORTH_USERS",
        "ssl.bundle,              '${NORTH_BUNDLE}',                              NORTH_BUNDLE"
    })
    void anUnresolvedPlaceholderAndItsPropertyAreNamed(String property, String value, String placeholder) {
        String reason = "placeholder not resolved: set '" + placeholder + "', for example as an environment variable";
        String place = property.equals("uri") ? "" : "monarch.environments.other.host: localhost\n";
        files.write(
                "application.yml",
                "spring.mongodb.uri: mongodb://localhost:1/own\n" + (property.equals("host") ? "" : place)
                        + "monarch.environments.other." + property + ": '" + value + "'\n");
        assertRefused("other", "monarch.environments.other." + property, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "uri,                     'mongodb://keeper:secret@${NORTH_HOST}/kennel', NORTH_HOST",
        "host,                    '${NORTH_HOST}',                                NORTH_HOST",
        "port,                    '${NORTH_PORT}',                                NORTH_PORT",
        "'additional-hosts[0]',   '${NORTH_HOST}',                                NORTH_HOST",
        "replica-set-name,        '${NORTH_SET}',                                 NORTH_SET",
        "database,                '${NORTH_DATABASE}',                            NORTH_DATABASE",
        "password,                '${NORTH_PASSWORD}',                            NORTH_PASSWORD"
    })
    void anUnresolvedPlaceholderOfAProfileIsNamed(String property, String value, String placeholder) {
        files.write("application.yml", "monarch.profiles: north\n")
                .write(
                        "application-north.properties",
                        (property.equals("database") ? "" : "spring.mongodb.database=kennel\n") + "spring.mongodb."
                                + property + "=" + value + "\n");
        assertRefused(
                "north",
                "profile 'north': spring.mongodb." + property.replace("[0]", ""),
                "placeholder not resolved: set '" + placeholder + "', for example as an environment variable");
    }

    @Test
    void aProfileWithoutAConnectionDoesNotUseTheDefaults() {
        files.write("application-north.yml", "logging.level.root: warn\n");
        assertRefused(
                "north",
                "profile 'north'",
                "it has no spring.mongodb.uri, host or database (in application-north.yml, or in a document"
                        + " with spring.config.activate.on-profile). It does not get those of the other profiles");
    }

    @Test
    void aProfileThatDoesNotExistIsRefused() {
        assertThat(failureOf("north").problem()).startsWith("it has no spring.mongodb.uri, host or database");
    }

    @Test
    void aProfileThatOnlySetsCredentialsIsRefused() {
        files.write("application-north.yml", "spring.mongodb:\n  username: keeper\n  password: secret\n");
        assertThat(failureOf("north").problem()).startsWith("it has no spring.mongodb.uri, host or database");
    }

    @Test
    void aProfileWhoseHostTheSharedUriWouldReplaceIsRefused() {
        files.write("application-north.yml", "spring.mongodb.host: north.example.com\n");
        assertRefused(
                "north",
                "profile 'north'",
                "the spring.mongodb.uri that all profiles share would override what it sets: set spring.mongodb.uri in the"
                        + " profile");
    }

    @ParameterizedTest
    @CsvSource({"username", "password", "authentication-database", "replica-set-name"})
    void aProfileWithADatabaseAndOtherValuesThatTheSharedUriWouldReplaceIsRefused(String property) {
        files.write("application-north.yml", "spring.mongodb:\n  database: north\n  " + property + ": something\n");
        assertThat(failureOf("north").problem())
                .startsWith("the spring.mongodb.uri that all profiles share would override");
    }

    @Test
    void aValueOfTheWrongTypeIsNotQuoted() {
        files.write("application-north.yml", "spring.mongodb:\n  database: north\n  port: many\n");
        assertRefused("north", "profile 'north': spring.mongodb.port", "its value is not of the right type");
    }

    @Test
    void aFileThatTheProfileImportsMustExist() {
        files.write("application-north.yml", "spring.config.import: missing.yml\n");
        assertThat(failureOf("north").property()).isEqualTo("profile 'north'");
        assertThat(failureOf("north").problem())
                .startsWith("its config data cannot be loaded: ")
                .contains("missing.yml");
    }

    @Test
    void anSslBundleMustExist() {
        files.write("application.yml", """
                spring.mongodb.uri: mongodb://localhost:1/own
                monarch.environments.other:
                  uri: mongodb://db.example.com/kennel
                  ssl.bundle: missing
                """);
        assertRefused(
                "other",
                "monarch.environments.other.ssl.bundle",
                "there is no SSL bundle 'missing' (spring.ssl.bundle)");
    }

    @Test
    void anEnvironmentThatIsNotConfiguredIsUnknown() {
        files.run(environments -> assertThatThrownBy(() -> environments.get("east"))
                .isInstanceOf(UnknownEnvironmentException.class)
                .hasMessage("There is no environment 'east'. The environments are: default, north."));
    }

    private void assertRefused(String environment, String property, String reason) {
        assertThat(failureOf(environment))
                .hasMessage("Environment '" + environment + "' cannot be used: " + property + ": " + reason + ".");
    }

    private InvalidEnvironmentException failureOf(String environment) {
        InvalidEnvironmentException[] failure = new InvalidEnvironmentException[1];
        files.run(environments ->
                failure[0] = Failures.of(() -> environments.get(environment).address()));
        return failure[0];
    }
}
