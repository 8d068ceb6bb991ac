package dev.monarch.environment;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCluster;
import com.mongodb.client.MongoDatabase;
import org.junit.jupiter.api.Test;

import dev.monarch.UnknownEnvironmentException;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment.EnvironmentConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EnvironmentRegistryTests {

    private final AtomicInteger opened = new AtomicInteger();

    private final MonarchEnvironment staging = lazily("staging");

    private final MonarchEnvironment production = lazily("production");

    @Test
    void hasTheConfiguredEnvironmentsAndTheApplicationsOwn() {
        EnvironmentRegistry registry = new EnvironmentRegistry(() -> lazily("default"), List.of(staging, production));

        assertThat(registry.names()).containsExactly("default", "staging", "production");
        assertThat(registry.get("staging")).isSameAs(staging);
        assertThat(registry.get("default")).isSameAs(registry.own());
    }

    @Test
    void theOwnEnvironmentReplacesAConfiguredOneOfTheSameName() {
        MonarchEnvironment own = lazily("staging");
        EnvironmentRegistry registry = new EnvironmentRegistry(() -> own, List.of(staging, production));

        assertThat(registry.names()).containsExactly("staging", "production");
        assertThat(registry.get("staging")).isSameAs(own);
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownNames() {
        EnvironmentRegistry registry = new EnvironmentRegistry(() -> lazily("default"), List.of(staging));

        assertThatExceptionOfType(UnknownEnvironmentException.class)
                .isThrownBy(() -> registry.get("stagging"))
                .withMessageContaining("'stagging'")
                .satisfies(e -> assertThat(e.known()).containsExactly("default", "staging"));
    }

    @Test
    void clientsAreOpenedOnFirstUseOnceAndClosedWithTheRegistry() {
        EnvironmentRegistry registry = new EnvironmentRegistry(() -> lazily("default"), List.of(staging, production));
        registry.get("staging").address();
        assertThat(opened).hasValue(0);

        MongoClient client = registry.get("staging").client();
        assertThat(registry.get("staging").client()).isSameAs(client);
        assertThat(opened).hasValue(1);

        registry.close();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> client.listDatabaseNames().first());
    }

    @Test
    void aBorrowedClientIsNotClosed() {
        try (MongoClient client = MongoClients.create("mongodb://localhost:1/?serverSelectionTimeoutMS=1")) {
            MonarchEnvironment borrowed = MonarchEnvironment.using("own", Protection.DEFAULT, client, "kennel");
            assertThat(borrowed.address()).isEqualTo(new EnvironmentAddress(List.of("localhost:1"), "kennel"));

            borrowed.close();

            assertThat(borrowed.client()).isSameAs(client);
            assertThatExceptionOfType(MongoTimeoutException.class)
                    .isThrownBy(() -> client.listDatabaseNames().first());
        }
    }

    @Test
    void shortReadsOpenNoConnectionsOfTheirOwn() {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(
                        "mongodb://localhost:1/?serverSelectionTimeoutMS=1&readPreference=secondary&w=0"))
                .build();
        MongoClient client = MongoClients.create(settings);
        try (MonarchEnvironment known =
                MonarchEnvironment.using("own", Protection.DEFAULT, client, "kennel", () -> Optional.of(settings))) {
            MongoDatabase shared = known.shortReads();
            assertThat(shared.getName()).isEqualTo("kennel");
            assertThat(shared.getReadPreference()).isEqualTo(ReadPreference.primary());
            assertThat(shared.getWriteConcern()).isEqualTo(WriteConcern.MAJORITY);

            known.ownClient();
            MongoDatabase own = known.shortReads();

            client.close();
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> shared.listCollectionNames().first());
            assertThatExceptionOfType(MongoTimeoutException.class)
                    .isThrownBy(() -> own.listCollectionNames().first());
        }
    }

    @Test
    void monarchsOwnClientHasItsOwnConnections() {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(
                        "mongodb://localhost:1/?serverSelectionTimeoutMS=1&readPreference=secondary&w=0&timeoutMS=5"))
                .build();
        try (MongoClient client = MongoClients.create(settings)) {
            MonarchEnvironment known =
                    MonarchEnvironment.using("own", Protection.DEFAULT, client, "kennel", () -> Optional.of(settings));
            EnvironmentRegistry registry = new EnvironmentRegistry(() -> known, List.of());
            MongoCluster own = registry.own().ownClient();

            assertThat(own).isInstanceOf(MongoClient.class).isNotSameAs(client).isSameAs(known.ownClient());
            assertThat(known.ownDatabase().getName()).isEqualTo("kennel");
            assertThat(known.ownDatabase().getReadPreference()).isEqualTo(ReadPreference.primary());
            assertThat(known.ownDatabase().getWriteConcern()).isEqualTo(WriteConcern.MAJORITY);
            assertThat(known.ownDatabase().getTimeout(TimeUnit.MILLISECONDS)).isNull();

            registry.close();
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> own.listDatabaseNames().first());
            assertThatExceptionOfType(MongoTimeoutException.class)
                    .isThrownBy(() -> client.listDatabaseNames().first());
        }
    }

    @Test
    void ifSettingsAreUnknownMonarchUsesAViewOfTheApplicationsClient() {
        try (MongoClient client =
                MongoClients.create("mongodb://localhost:1/?serverSelectionTimeoutMS=1&readPreference=secondary&w=0")) {
            MonarchEnvironment borrowed = MonarchEnvironment.using("own", Protection.DEFAULT, client, "kennel");

            assertThat(borrowed.ownDatabase().getReadPreference()).isEqualTo(ReadPreference.primary());
            assertThat(borrowed.ownDatabase().getWriteConcern()).isEqualTo(WriteConcern.MAJORITY);

            borrowed.close();
            assertThatExceptionOfType(MongoTimeoutException.class)
                    .isThrownBy(() -> client.listDatabaseNames().first());
        }
    }

    @Test
    void theSameAddressCanBeWrittenInSeveralWays() {
        EnvironmentAddress one = new EnvironmentAddress(List.of("localhost", "b.example.org:27018"), "kennel");

        assertThat(one.isSamePlaceAs(
                        new EnvironmentAddress(List.of("B.example.org:27018", "127.0.0.1:27017"), "kennel")))
                .isTrue();
        assertThat(one.isSamePlaceAs(new EnvironmentAddress(one.hosts(), "kennel2")))
                .isFalse();
        assertThat(one.isSamePlaceAs(
                        new EnvironmentAddress(List.of("localhost:27019", "b.example.org:27018"), "kennel")))
                .isFalse();
    }

    @Test
    void anAddressNeedsAHostAndADatabase() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new EnvironmentAddress(List.of(), "kennel"))
                .withMessageContaining("hosts");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new EnvironmentAddress(List.of("localhost"), " "))
                .withMessageContaining("database");
    }

    private MonarchEnvironment lazily(String name) {
        return MonarchEnvironment.lazily(name, Protection.DEFAULT, () -> new EnvironmentConnection() {
            @Override
            public EnvironmentAddress address() {
                return new EnvironmentAddress(List.of("localhost:1"), name);
            }

            @Override
            public MongoClient open() {
                opened.incrementAndGet();
                return MongoClients.create("mongodb://localhost:1/?serverSelectionTimeoutMS=1");
            }
        });
    }
}
