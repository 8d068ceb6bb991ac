package dev.monarch.spring.boot.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.mock.env.MockEnvironment;

import dev.monarch.test.AheadOfTimeApplication;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with Spring Boot's reactive starter for MongoDB only. It runs in a process of its own, because the tests
 * have the other starter.
 */
@MongoTest
class ReactiveOnlyTests {

    private static final List<String> SYNCHRONOUS =
            List.of("spring-boot-starter-mongodb-", "spring-boot-starter-data-mongodb-");

    @Test
    void migrationsRunAndNoSynchronousBeanAppears(TestMongo mongo) throws Exception {
        requireMigratedWithoutSynchronousBeans(run("--spring.mongodb.uri=" + mongo.uri()), mongo);
    }

    @Test
    void theSameAfterAheadOfTimeProcessing(TestMongo mongo, @TempDir Path folder) throws Exception {
        AheadOfTimeApplication built = AheadOfTimeApplication.build(
                ReactiveApplication.class,
                folder,
                classPath(),
                List.of(),
                "--spring.mongodb.uri=mongodb://127.0.0.1:1/kennel",
                "--monarch.migrations.run-at=never");

        requireMigratedWithoutSynchronousBeans(
                ReactiveProcess.run(built.command(), "--spring.mongodb.uri=" + mongo.uri()), mongo);
    }

    private static void requireMigratedWithoutSynchronousBeans(List<String> output, TestMongo mongo) {
        assertThat(output)
                .contains(
                        "MongoClient: 0",
                        "MongoDatabaseFactory: 0",
                        "MongoOperations: 0",
                        "ReactiveMongoTemplate: 1",
                        "own: default in " + mongo.databaseName(),
                        "health: MongoReactiveHealthIndicator",
                        "customized by the application");
        assertThat(mongo.database().getCollection("dogs").find())
                .extracting(dog -> dog.getString("name"))
                .containsExactly("through the database", "through the template, with the application's converter");
        assertThat(Kennel.history(mongo)).containsExactly("1-dogs APPLIED");
    }

    @Test
    void aCommandForAnotherEnvironmentWorksOnThatOne(TestMongo mongo) throws Exception {
        String other = mongo.databaseName() + "x";

        List<String> output = run(
                "--spring.mongodb.uri=mongodb://localhost:1/nowhere",
                "--monarch.environments.staging.uri=" + mongo.uri(other),
                "monarch",
                "migrate",
                "staging");

        assertThat(output).anySatisfy(line -> assertThat(line).contains("Environment 'staging': 1 migration applied"));
        assertThat(mongo.client().getDatabase(other).getCollection("dogs").countDocuments())
                .isEqualTo(2);
    }

    @Test
    void aReactiveBeanElsewhereIsRefusedByName() throws Exception {
        assertThat(run("--spring.mongodb.uri=mongodb://localhost:1/shop", "--spring.profiles.active=elsewhere"))
                .anySatisfy(line -> assertThat(line)
                        .contains("'elsewhere' is at localhost:2/orders")
                        .contains("let all of them use the MongoConnectionDetails bean"));
    }

    @Test
    void theSslBundleOfTheApplicationIsUsed() throws Exception {
        assertThat(run(
                        "--spring.mongodb.uri=mongodb://localhost:1/shop",
                        "--spring.mongodb.ssl.bundle=shop",
                        "--spring.profiles.active=bundle",
                        "--monarch.migrations.run-at=never"))
                .contains("own: default in shop", "client: tls of the bundle", "own client: tls of the bundle");
    }

    @Test
    void theStartersDecideUnlessThePropertyDoes() throws Exception {
        try (URLClassLoader both = new URLClassLoader(reactive(), getClass().getClassLoader());
                URLClassLoader one =
                        new WithoutTheOtherStarter(reactive(), getClass().getClassLoader())) {
            assertThat(isKept(null, both)).as("both starters").isTrue();
            assertThat(isKept(null, one)).as("the reactive starter").isFalse();
            assertThat(isKept(null, getClass().getClassLoader()))
                    .as("the other starter")
                    .isTrue();
            assertThat(isKept("true", both)).isFalse();
            assertThat(isKept("false", one)).isTrue();
            assertThat(isKept("true", getClass().getClassLoader()))
                    .as("without a reactive driver there would be nothing")
                    .isTrue();
        }
    }

    /** Spring Boot asks for each class that a configuration may import. */
    @Test
    void theClassPathIsReadOnceAndOnlyForWhatMayBeLeftOut() {
        List<String> looked = new ArrayList<>();
        ReactiveOnly filter = new ReactiveOnly();
        filter.setBeanClassLoader(new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                looked.add(name);
                throw new ClassNotFoundException(name);
            }
        });

        match(filter, "com.example.Other");
        assertThat(looked).isEmpty();

        match(filter, MongoAutoConfiguration.class.getName());
        List<String> once = List.copyOf(looked);
        assertThat(once).isNotEmpty();
        match(filter, MongoAutoConfiguration.class.getName());
        assertThat(looked).isEqualTo(once);
    }

    private static boolean isKept(@Nullable String property, ClassLoader loader) {
        ReactiveOnly filter = new ReactiveOnly();
        MockEnvironment environment = new MockEnvironment();
        if (property != null) {
            environment.setProperty("monarch.reactive-only", property);
        }
        filter.setEnvironment(environment);
        filter.setBeanClassLoader(loader);
        boolean[] kept = match(filter, MongoAutoConfiguration.class.getName(), "com.example.Other", null);
        assertThat(kept[1] && kept[2]).as("nothing else is left out").isTrue();
        return kept[0];
    }

    private static boolean[] match(ReactiveOnly filter, @Nullable String... autoConfigurations) {
        AutoConfigurationMetadata unused = (AutoConfigurationMetadata) Proxy.newProxyInstance(
                ReactiveOnlyTests.class.getClassLoader(),
                new Class<?>[] {AutoConfigurationMetadata.class},
                (proxy, method, arguments) -> null);
        return filter.match(autoConfigurations, unused);
    }

    private static URL[] reactive() {
        return ReactiveProcess.jars().stream().map(ReactiveOnlyTests::url).toArray(URL[]::new);
    }

    private static URL url(File jar) {
        try {
            return jar.toURI().toURL();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class WithoutTheOtherStarter extends URLClassLoader {

        WithoutTheOtherStarter(URL[] jars, ClassLoader parent) {
            super(jars, parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return Collections.enumeration(Collections.list(super.getResources(name)).stream()
                    .filter(url -> url.getPath().contains("-reactive")
                            || SYNCHRONOUS.stream()
                                    .noneMatch(starter -> url.getPath().contains(starter)))
                    .toList());
        }
    }

    private static List<String> classPath() {
        return Stream.concat(
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(ReactiveOnlyTests::isNotSynchronous),
                        ReactiveProcess.jars().stream().map(File::getPath))
                .toList();
    }

    private static boolean isNotSynchronous(String jar) {
        return SYNCHRONOUS.stream().noneMatch(jar::contains);
    }

    private static List<String> run(String... arguments) throws IOException, InterruptedException {
        return ReactiveProcess.run(ReactiveApplication.class, ReactiveOnlyTests::isNotSynchronous, arguments);
    }
}
