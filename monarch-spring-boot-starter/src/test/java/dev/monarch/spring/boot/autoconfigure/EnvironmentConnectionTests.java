package dev.monarch.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.client.internal.MongoClientImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.Guard.GuardedOperation.Exposure;
import dev.monarch.environment.MonarchEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** An environment with its own connection. */
class EnvironmentConnectionTests {

    @TempDir
    private Path directory;

    private ConfigFiles files;

    @BeforeEach
    void writeTheApplicationsOwn() {
        files = new ConfigFiles(directory);
    }

    @Test
    void aUriIsAConnection() {
        environment("""
                uri: mongodb://keeper:secret@db.example.com:27018/kennel?authSource=admin
                """);
        files.run(environments -> {
            MonarchEnvironment north = environments.get("north");
            assertThat(north.address()).isEqualTo(at("db.example.com:27018", "kennel"));
            assertThat(settings(north).getCredential())
                    .isEqualTo(MongoCredential.createCredential("keeper", "admin", "secret".toCharArray()));
        });
    }

    @Test
    void theDatabaseMayBeSetInAdditionToTheUri() {
        environment("""
                uri: mongodb://db.example.com/kennel
                database: other
                """);
        files.run(environments ->
                assertThat(environments.get("north").address()).isEqualTo(at("db.example.com:27017", "other")));
    }

    @Test
    void hostPortDatabaseAndCredentialsAreAConnection() {
        environment("""
                host: db.example.com
                port: 27018
                database: kennel
                username: kee:per
                password: s@cr/t
                authentication-database: users
                """);
        files.run(environments -> {
            MonarchEnvironment north = environments.get("north");
            assertThat(north.address()).isEqualTo(at("db.example.com:27018", "kennel"));
            assertThat(settings(north).getCredential())
                    .isEqualTo(MongoCredential.createCredential("kee:per", "users", "s@cr/t".toCharArray()));
        });
    }

    /** Spaces, special characters of connection strings and forms, and letters beyond ASCII. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kee per",
                " x ",
                "a+b",
                "a%20b",
                "100%",
                "a@b",
                "a:b",
                "a/b",
                "a?b",
                "a#b",
                "a&b",
                "a=b",
                "a;b",
                "a,b",
                "a$b",
                "a!b",
                "a~b",
                "a*b",
                "a'b",
                "a(b)",
                "a[b]",
                "a\\b",
                "a|b",
                "a^b",
                "a`b",
                "a<b>",
                "a{b}",
                "häuptling",
                "日本",
                "🐕"
            })
    void userAndPasswordReachTheServerUnchanged(String text) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        MongoAutoConfiguration.class,
                        DataMongoAutoConfiguration.class,
                        MonarchEnvironmentAutoConfiguration.class))
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource(
                                "parts",
                                Map.of(
                                        "monarch.environments.north.host", "db.example.com",
                                        "monarch.environments.north.username", text,
                                        "monarch.environments.north.password", text))))
                .run(context -> assertThat(
                                settings(ConfigFiles.environmentsOf(context).get("north"))
                                        .getCredential())
                        .isEqualTo(MongoCredential.createCredential(text, "test", text.toCharArray())));
    }

    @Test
    void aHostWithoutADatabaseFollowsSpringBoot() {
        environment("host: db.example.com\n");
        files.run(environments ->
                assertThat(environments.get("north").address()).isEqualTo(at("db.example.com:27017", "test")));
    }

    @Test
    void anSslBundleEnablesTls() {
        environment("""
                uri: mongodb://db.example.com/kennel
                ssl:
                  bundle: mongo
                """);
        files.application().withUserConfiguration(Bundle.class).run(context -> {
            MongoClientSettings settings =
                    settings(ConfigFiles.environmentsOf(context).get("north"));
            assertThat(settings.getSslSettings().isEnabled()).isTrue();
            assertThat(settings.getSslSettings().getContext()).isNotNull();
        });
    }

    @Test
    void tlsCanBeEnabledWithoutABundle() {
        environment("""
                host: db.example.com
                ssl:
                  enabled: true
                """);
        files.run(environments -> assertThat(
                        settings(environments.get("north")).getSslSettings().isEnabled())
                .isTrue());
    }

    @Test
    void tlsCanBeDisabledDespiteABundle() {
        environment("""
                host: db.example.com
                ssl:
                  enabled: false
                  bundle: mongo
                """);
        files.application()
                .withUserConfiguration(Bundle.class)
                .run(context -> assertThat(
                                settings(ConfigFiles.environmentsOf(context).get("north"))
                                        .getSslSettings()
                                        .isEnabled())
                        .isFalse());
    }

    @Test
    void protectedIsAProperty() {
        environment("""
                uri: mongodb://db.example.com/kennel
                protected: false
                """);
        files.run(
                environments -> assertThat(environments.get("north").exposure()).isEqualTo(Exposure.REMOTE));
    }

    @Test
    void withoutTheProtectedPropertyTheHostDecides() {
        environment("uri: mongodb://db.example.com/kennel\n");
        files.run(
                environments -> assertThat(environments.get("north").exposure()).isEqualTo(Exposure.PROTECTED));
    }

    @Test
    void aNameMayContainDots() {
        files.write("application.yml", """
                spring.mongodb.uri: mongodb://localhost:1/own
                monarch:
                  environments:
                    "[eu.north-1]":
                      uri: mongodb://db.example.com/kennel
                """);
        files.run(environments -> assertThat(environments.names()).containsExactly("default", "eu.north-1"));
    }

    private void environment(String properties) {
        files.write("application.yml", """
                spring.mongodb.uri: mongodb://localhost:1/own
                monarch:
                  environments:
                    north:
                """ + properties.indent(6));
    }

    private static EnvironmentAddress at(String host, String database) {
        return new EnvironmentAddress(List.of(host.replace(":27017", "")), database);
    }

    private static MongoClientSettings settings(MonarchEnvironment environment) {
        return ((MongoClientImpl) environment.client()).getSettings();
    }

    @Configuration(proxyBeanMethods = false)
    static class Bundle {

        @Bean
        SslBundles bundles() {
            return new DefaultSslBundleRegistry("mongo", SslBundle.systemDefault());
        }
    }
}
