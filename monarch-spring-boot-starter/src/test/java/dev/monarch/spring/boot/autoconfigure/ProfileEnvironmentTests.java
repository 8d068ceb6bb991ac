package dev.monarch.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import com.mongodb.MongoCredential;
import com.mongodb.client.internal.MongoClientImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.monarch.environment.EnvironmentAddress;

import static org.assertj.core.api.Assertions.assertThat;

/** An environment whose connection is that of a Spring profile. */
class ProfileEnvironmentTests {

    @TempDir
    private Path directory;

    private ConfigFiles files;

    @BeforeEach
    void writeAProfile() {
        files = new ConfigFiles(directory)
                .write("application-production.yml", "spring.mongodb.uri: mongodb://db.example.com/kennel\n");
    }

    @Test
    void aProfileIsNamed() {
        application("""
                monarch.environments.north.profile: production
                """);
        files.run(
                environments -> assertThat(environments.get("north").address()).isEqualTo(at("kennel")));
    }

    @Test
    void withoutAnyPropertyItIsTheProfileOfTheEnvironmentsName() {
        application("""
                monarch:
                  environments:
                    production:
                """);
        files.run(environments ->
                assertThat(environments.get("production").address()).isEqualTo(at("kennel")));
    }

    @Test
    void aProtectionAloneUsesTheProfileOfTheEnvironmentsName() {
        application("""
                monarch.environments.production.protected: false
                """);
        files.run(environments ->
                assertThat(environments.get("production").address()).isEqualTo(at("kennel")));
    }

    @Test
    void profilesMayBeListed() {
        files.write("application-staging.yml", "spring.mongodb.database: staging\n");
        application("""
                monarch.profiles: production, staging
                """);
        files.run(environments -> {
            assertThat(environments.names()).containsExactly("default", "production", "staging");
            assertThat(environments.get("production").address()).isEqualTo(at("kennel"));
            assertThat(environments.get("staging").address().database()).isEqualTo("staging");
        });
    }

    @Test
    void aListedProfileMayHavePropertiesToo() {
        application("""
                monarch:
                  profiles: production
                  environments:
                    production:
                      uri: mongodb://elsewhere.example.com/other
                """);
        files.run(environments -> {
            assertThat(environments.names()).containsExactly("default", "production");
            assertThat(environments.get("production").address().database()).isEqualTo("other");
        });
    }

    @Test
    void aProfileMayBeADocumentOfTheOneFile() {
        application("""
                monarch.profiles: north, south
                ---
                spring:
                  config.activate.on-profile: north
                  mongodb.uri: mongodb://north.example.com/kennel
                ---
                spring:
                  config.activate.on-profile: south
                  mongodb.uri: mongodb://south.example.com/kennel
                """);
        files.run(environments -> {
            assertThat(environments.get("north").address().hosts()).containsExactly("north.example.com");
            assertThat(environments.get("south").address().hosts()).containsExactly("south.example.com");
        });
    }

    @Test
    void aProfileMayImportFiles() {
        files.write("application-staging.yml", "spring.config.import: connection.yml\n")
                .write("connection.yml", "spring.mongodb.uri: mongodb://imported.example.com/kennel\n");
        application("""
                monarch.profiles: staging
                """);
        files.run(environments ->
                assertThat(environments.get("staging").address().hosts()).containsExactly("imported.example.com"));
    }

    @Test
    void aProfileMayImportATreeOfSecrets() {
        Path secrets = directory.resolve("secrets");
        assertThat(secrets.toFile().mkdir()).isTrue();
        files.write("secrets/spring.mongodb.password", "ofTheTree")
                .write("application-staging.yml", """
                        spring:
                          config.import: "configtree:%s/"
                          mongodb:
                            host: staging.example.com
                            database: kennel
                            username: keeper
                        """.formatted(secrets));
        files.write("application.yml", "monarch.profiles: staging\n");
        MongoCredential expected = MongoCredential.createCredential("keeper", "kennel", "ofTheTree".toCharArray());
        files.run(environments -> assertThat(
                        ((MongoClientImpl) environments.get("staging").client())
                                .getSettings()
                                .getCredential())
                .isEqualTo(expected));
        files.application()
                .withPropertyValues("spring.profiles.active=staging")
                .run(context -> assertThat(((MongoClientImpl) ConfigFiles.environmentsOf(context)
                                        .get("staging")
                                        .client())
                                .getSettings()
                                .getCredential())
                        .isEqualTo(expected));
    }

    @Test
    void aProfileMayBeAGroup() {
        files.write("application-eu.yml", "spring.mongodb.uri: mongodb://eu.example.com/kennel\n");
        application("""
                spring.profiles.group.live: eu
                monarch.profiles: live
                """);
        files.run(environments ->
                assertThat(environments.get("live").address().hosts()).containsExactly("eu.example.com"));
    }

    @Test
    void theProfileIsActiveInsteadOfTheRunningOnes() {
        files.write("application-running.yml", "spring.mongodb.uri: mongodb://running.example.com/kennel\n");
        application("""
                monarch.profiles: production
                """);
        files.application()
                .withPropertyValues("spring.profiles.active=running")
                .run(context -> assertThat(ConfigFiles.environmentsOf(context)
                                .get("production")
                                .address())
                        .isEqualTo(at("kennel")));
    }

    @Test
    void valuesMissingInAProfileComeFromTheSharedFile() {
        files.write("application-staging.yml", "spring.mongodb.host: staging.example.com\n")
                .write("application.yml", """
                        spring.mongodb:
                          host: localhost
                          database: shared
                        monarch.profiles: staging
                        """);
        files.run(environments -> assertThat(environments.get("staging").address())
                .isEqualTo(new EnvironmentAddress(List.of("staging.example.com"), "shared")));
    }

    @Test
    void aSeparateDatabaseOnTheSharedServerIsAPlace() {
        files.write("application-staging.yml", "spring.mongodb.database: staging\n");
        application("""
                monarch.profiles: staging
                """);
        files.run(environments -> assertThat(environments.get("staging").address())
                .isEqualTo(new EnvironmentAddress(List.of("localhost:1"), "staging")));
    }

    @Test
    void anySpellingThatSpringBootBindsCounts() {
        files.write("application-staging.properties", "spring.mongodb.additionalHosts[0]=second.example.com\n")
                .write("application.yml", """
                        spring.mongodb:
                          host: first.example.com
                          database: kennel
                        monarch.profiles: staging
                        """);
        files.run(
                environments -> assertThat(environments.get("staging").address().hosts())
                        .containsExactly("first.example.com", "second.example.com"));
    }

    private void application(String properties) {
        files.write("application.yml", "spring.mongodb.uri: mongodb://localhost:1/own\n" + properties);
    }

    private static EnvironmentAddress at(String database) {
        return new EnvironmentAddress(List.of("db.example.com"), database);
    }
}
