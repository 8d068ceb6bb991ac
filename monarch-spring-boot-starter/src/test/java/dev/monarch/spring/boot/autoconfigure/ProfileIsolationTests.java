package dev.monarch.spring.boot.autoconfigure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import dev.monarch.environment.EnvironmentAddress;
import dev.monarch.environment.EnvironmentRegistry;

import static org.assertj.core.api.Assertions.assertThat;

/** The running process and the environments of other profiles share only placeholders. */
class ProfileIsolationTests {

    @TempDir
    private Path directory;

    private ConfigFiles files;

    @BeforeEach
    void writeTwoProfiles() {
        files = new ConfigFiles(directory)
                .write("application.yml", """
                        spring.mongodb.uri: mongodb://localhost:1/own
                        monarch.profiles: north, south
                        """)
                .write("application-north.yml", "spring.mongodb.uri: mongodb://north.example.com/kennel\n")
                .write("application-south.yml", "spring.mongodb.uri: ${SOUTH_URI}\n");
    }

    @Test
    void aUriOfTheProcessDoesNotAffectOtherEnvironments() {
        process(Map.of("SPRING_MONGODB_URI", "mongodb://localhost:2/process")).run(context -> {
            EnvironmentRegistry environments = ConfigFiles.environmentsOf(context);
            assertThat(environments.own().address().hosts()).containsExactly("localhost:2");
            assertThat(environments.get("north").address().hosts()).containsExactly("north.example.com");
        });
    }

    @Test
    void commandLineAndSystemPropertiesDoNotAffectOtherEnvironments() {
        files.application()
                .withPropertyValues("spring.mongodb.uri=mongodb://localhost:2/line")
                .withSystemProperties("spring.mongodb.database=process")
                .run(context -> assertThat(
                                ConfigFiles.environmentsOf(context).get("north").address())
                        .isEqualTo(new EnvironmentAddress(List.of("north.example.com"), "kennel")));
    }

    @Test
    void aPlaceholderIsResolvedFromAnEnvironmentVariable() {
        process(Map.of("SOUTH_URI", "mongodb://south.example.com/kennel"))
                .run(context -> assertThat(ConfigFiles.environmentsOf(context)
                                .get("south")
                                .address()
                                .hosts())
                        .containsExactly("south.example.com"));
    }

    @Test
    void aPlaceholderIsResolvedFromASystemProperty() {
        files.application()
                .withSystemProperties("SOUTH_URI=mongodb://south.example.com/kennel")
                .run(context -> assertThat(ConfigFiles.environmentsOf(context)
                                .get("south")
                                .address()
                                .hosts())
                        .containsExactly("south.example.com"));
    }

    @Test
    void aPlaceholderIsResolvedFromTheProfilesOwnFiles() {
        files.write("application-south.yml", """
                server.of.mine: south.example.com
                spring.mongodb.uri: mongodb://${server.of.mine}/${name.of.mine:kennel}
                """);
        files.run(environments -> assertThat(environments.get("south").address())
                .isEqualTo(new EnvironmentAddress(List.of("south.example.com"), "kennel")));
    }

    @Test
    void theRunningProfilesDoNotResolveThePlaceholdersOfOthers() {
        files.write("application-running.yml", "SOUTH_URI: mongodb://running.example.com/kennel\n");
        files.application()
                .withPropertyValues("spring.profiles.active=running")
                .run(context -> assertThat(ConfigFiles.environmentsOf(context).get("south"))
                        .satisfies(
                                south -> assertThat(Failures.of(south::address)).hasMessageContaining("not resolved")));
    }

    @Test
    void configTreesOfTheRunningProfilesDoNotResolvePlaceholdersOfOthers() {
        Path secrets = directory.resolve("secrets");
        assertThat(secrets.toFile().mkdir()).isTrue();
        files.write("secrets/SOUTH_URI", "mongodb://running.example.com/kennel")
                .write("application-running.yml", "spring.config.import: \"configtree:" + secrets + "/\"\n");
        files.application().withPropertyValues("spring.profiles.active=running").run(context -> {
            assertThat(context.getEnvironment().getProperty("SOUTH_URI")).isNotNull();
            assertThat(Failures.of(ConfigFiles.environmentsOf(context).get("south")::address))
                    .hasMessageContaining("not resolved");
        });
    }

    @Test
    void noBeanOfTheProfileIsCreatedAndTheRunningEnvironmentIsUnchanged() {
        files.application().withUserConfiguration(OfTheProfile.class).run(context -> {
            ConfigurableEnvironment running = context.getEnvironment();
            List<PropertySource<?>> before = sources(running);

            assertThat(ConfigFiles.environmentsOf(context)
                            .get("north")
                            .address()
                            .hosts())
                    .containsExactly("north.example.com");

            assertThat(sources(running)).containsExactlyElementsOf(before);
            assertThat(running.getActiveProfiles()).isEmpty();
            assertThat(running.getDefaultProfiles()).containsExactly("default");
            assertThat(running.getProperty("spring.mongodb.uri")).isEqualTo("mongodb://localhost:1/own");
            assertThat(context).doesNotHaveBean("ofTheProfile");
        });
    }

    @Test
    void theBeanExistsIfTheProfileIsActive() {
        files.application()
                .withUserConfiguration(OfTheProfile.class)
                .withPropertyValues("spring.profiles.active=north")
                .run(context -> assertThat(context).hasBean("ofTheProfile"));
    }

    private ApplicationContextRunner process(Map<String, Object> variables) {
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        return files.application()
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .replace(name, new SystemEnvironmentPropertySource(name, variables)));
    }

    private static List<PropertySource<?>> sources(ConfigurableEnvironment environment) {
        List<PropertySource<?>> sources = new ArrayList<>();
        environment.getPropertySources().forEach(sources::add);
        return sources;
    }

    @Configuration(proxyBeanMethods = false)
    @Profile("north")
    static class OfTheProfile {

        @Bean
        String ofTheProfile() {
            return "it is active";
        }
    }
}
