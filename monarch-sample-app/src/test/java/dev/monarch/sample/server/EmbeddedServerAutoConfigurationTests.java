package dev.monarch.sample.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.mongodb.ConnectionString;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedServerAutoConfigurationTests {

    @TempDir
    private Path directory;

    private ApplicationContextRunner kennel() {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(MongoAutoConfiguration.class, EmbeddedServerAutoConfiguration.class))
                .withPropertyValues("kennel.embedded.directory=" + directory);
    }

    @Test
    void withoutConfigurationTheClientConnectsToAnEmbeddedServer() {
        kennel().run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(EmbeddedServer.class);
            assertThat(context.getBean(EmbeddedServer.class).directory()).isEqualTo(directory);
            assertThat(context.getBean(MongoClient.class).getDatabase("kennel").runCommand(new Document("ping", 1)))
                    .containsKey("ok");
        });
        assertThat(directory.resolve("kennel.mv")).isNotEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.mongodb.uri=mongodb://localhost:1/kennel",
                "spring.mongodb.host=localhost",
                "spring.mongodb.additional-hosts[0]=localhost",
                "spring.mongodb.port=1",
                "spring.mongodb.database=kennel"
            })
    void aConfiguredServerIsUsed(String property) {
        kennel().withPropertyValues(property)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(EmbeddedServer.class)
                        .hasSingleBean(MongoConnectionDetails.class));
    }

    @Test
    void anEnvironmentVariableConfiguresAServer() {
        Map<String, Object> variables = Map.of("SPRING_MONGODB_URI", "mongodb://localhost:1/kennel");
        kennel().withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedServer.class));
    }

    @Test
    void aConnectionDetailsBeanIsUsed() {
        kennel().withBean(
                        "mine",
                        MongoConnectionDetails.class,
                        () -> () -> new ConnectionString("mongodb://localhost:1/kennel"))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(EmbeddedServer.class);
                    assertThat(context.getBeanNamesForType(MongoConnectionDetails.class))
                            .containsExactly("mine");
                });
    }

    @Test
    void theServerIsClosedWithTheContextAfterTheClient() {
        List<String> closed = new ArrayList<>();
        DestructionAwareBeanPostProcessor listener = (bean, name) -> {
            if (bean instanceof MongoClient || bean instanceof EmbeddedServer) {
                closed.add(name);
            }
        };
        ServerAddress[] address = new ServerAddress[1];
        kennel().withBean(DestructionAwareBeanPostProcessor.class, () -> listener)
                .run(context -> {
                    context.getBean(MongoClient.class);
                    address[0] = new ServerAddress(context.getBean(EmbeddedServer.class)
                            .connectionString()
                            .getHosts()
                            .get(0));
                    assertThat(isListening(address[0])).isTrue();
                });

        assertThat(closed).containsExactly("mongo", "embeddedServer");
        assertThat(isListening(address[0])).isFalse();
        EmbeddedServer.start(directory).close();
    }

    @Test
    void dataInUseIsExplainedWithoutATrace() {
        try (EmbeddedServer other = EmbeddedServer.start(directory)) {
            kennel().run(context -> {
                assertThat(context).hasFailed();
                Throwable failure = Objects.requireNonNull(context.getStartupFailure());
                FailureAnalysis analysis = Objects.requireNonNull(new DataUnusableFailureAnalyzer().analyze(failure));
                assertThat(analysis.getDescription()).contains(other.directory() + " is in use by another process");
                assertThat(analysis.getAction()).contains("kennel.embedded.directory", "spring.mongodb.uri");
            });
        }
    }

    private static boolean isListening(ServerAddress address) {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
