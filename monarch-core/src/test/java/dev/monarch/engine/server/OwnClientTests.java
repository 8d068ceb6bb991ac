package dev.monarch.engine.server;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.mongodb.ConnectionString;
import com.mongodb.ContextProvider;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.ServerApi;
import com.mongodb.ServerApiVersion;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCluster;
import com.mongodb.connection.TransportSettings;
import com.mongodb.event.CommandListener;
import org.bson.UuidRepresentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How Monarch's own client uses each setting of the application's client. */
class OwnClientTests {

    private static final MongoClientSettings APPLICATION = MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString("mongodb://keeper:secret@a.example.com,b.example.com/kennel"
                    + "?replicaSet=rs&tls=true&readPreference=secondaryPreferred&readConcernLevel=majority&w=0&journal=false"
                    + "&retryWrites=false&retryReads=false&timeoutMS=900&socketTimeoutMS=800&connectTimeoutMS=700"
                    + "&serverSelectionTimeoutMS=600&maxPoolSize=1&minPoolSize=1&waitQueueTimeoutMS=50&maxLifeTimeMS=90000"
                    + "&maxConnecting=3&maxIdleTimeMS=30000&appName=kennel&compressors=zlib"
                    + "&uuidRepresentation=javaLegacy&localThresholdMS=5&heartbeatFrequencyMS=1000"))
            .serverApi(ServerApi.builder()
                    .version(ServerApiVersion.V1)
                    .strict(true)
                    .deprecationErrors(true)
                    .build())
            .addCommandListener(new CommandListener() {})
            .transportSettings(TransportSettings.nettyBuilder().build())
            .applyToLoggerSettings(logger -> logger.maxDocumentLength(7))
            .codecRegistry(MongoClientSettings.getDefaultCodecRegistry())
            .contextProvider(new ContextProvider() {})
            .dnsClient((name, type) -> List.of())
            .inetAddressResolver(host -> List.of())
            .build();

    /** Each of them has a test below, or is documented as not copied. */
    private static final List<String> DIFFERENT = List.of(
            "getApplicationName",
            "getConnectionPoolSettings",
            "getReadConcern",
            "getReadPreference",
            "getRetryReads",
            "getRetryWrites",
            "getServerApi",
            "getSocketSettings",
            "getTimeout",
            "getUuidRepresentation",
            "getWriteConcern");

    private final MongoClientSettings own = OwnClient.settings(APPLICATION);

    @Test
    void otherSettingsAreThoseOfTheApplication() throws ReflectiveOperationException {
        Map<String, Object> differences = new TreeMap<>();
        for (Method getter : getters().toList()) {
            Object theirs = get(getter, APPLICATION);
            Object ours = get(getter, own);
            if (!String.valueOf(theirs).equals(String.valueOf(ours))) {
                differences.put(getter.getName(), ours + " instead of " + theirs);
            }
        }
        assertThat(differences.keySet()).containsExactlyElementsOf(DIFFERENT);
    }

    @Test
    void readsAndWritesDoNotDependOnTheApplication() {
        assertThat(own.getReadPreference()).isEqualTo(ReadPreference.primary());
        assertThat(own.getReadConcern()).isEqualTo(ReadConcern.LOCAL);
        assertThat(own.getWriteConcern()).isEqualTo(WriteConcern.MAJORITY);
        assertThat(own.getRetryWrites()).isTrue();
        assertThat(own.getRetryReads()).isTrue();
        assertThat(own.getUuidRepresentation()).isEqualTo(UuidRepresentation.STANDARD);
    }

    @Test
    void onlyConnectingHasATimeout() {
        assertThat(own.getTimeout(TimeUnit.MILLISECONDS)).isNull();
        assertThat(own.getSocketSettings().getReadTimeout(TimeUnit.MILLISECONDS))
                .isZero();
        assertThat(own.getSocketSettings().getConnectTimeout(TimeUnit.MILLISECONDS))
                .isEqualTo(700);
        assertThat(own.getClusterSettings().getServerSelectionTimeout(TimeUnit.MILLISECONDS))
                .isEqualTo(600);
    }

    @Test
    void theConnectionPoolHasNoLimit() {
        // The driver's word for no limit.
        assertThat(own.getConnectionPoolSettings().getMaxSize()).isZero();
        assertThat(own.getConnectionPoolSettings().getMinSize()).isZero();
        assertThat(own.getConnectionPoolSettings().getMaxConnectionIdleTime(TimeUnit.SECONDS))
                .isEqualTo(30);
        assertThat(own.getConnectionPoolSettings().getMaxConnectionLifeTime(TimeUnit.SECONDS))
                .isEqualTo(90);
    }

    @Test
    void theStableApiIsNotStrict() {
        assertThat(own.getServerApi())
                .isEqualTo(ServerApi.builder().version(ServerApiVersion.V1).build());
    }

    @Test
    void theServerSeesTheNameOfTheClient() {
        assertThat(own.getApplicationName()).isEqualTo("kennel (monarch)");
        assertThat(OwnClient.settings(MongoClientSettings.builder().build()).getApplicationName())
                .isEqualTo("monarch");
        String longest = "k".repeat(128);
        assertThat(OwnClient.settings(MongoClientSettings.builder()
                                .applicationName(longest)
                                .build())
                        .getApplicationName())
                .isEqualTo(longest);
    }

    @Test
    void defaultSettingsAreSufficient() {
        MongoClientSettings none =
                OwnClient.settings(MongoClientSettings.builder().build());

        assertThat(none.getCredential()).isNull();
        assertThat(none.getServerApi()).isNull();
    }

    @Test
    void aViewOfAClientOverridesWhatItCan() {
        try (MongoClient client = MongoClients.create(
                "mongodb://localhost:1/?readPreference=secondary&readConcernLevel=majority&w=0&timeoutMS=100")) {
            MongoCluster view = OwnClient.view(client);

            assertThat(view.getReadPreference()).isEqualTo(ReadPreference.primary());
            assertThat(view.getReadConcern()).isEqualTo(ReadConcern.LOCAL);
            assertThat(view.getWriteConcern()).isEqualTo(WriteConcern.MAJORITY);
            assertThat(view.getTimeout(TimeUnit.MILLISECONDS)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "readPreference=secondary&readConcernLevel=linearizable&w=0&retryWrites=false, true",
        "maxPoolSize=0, true",
        "maxPoolSize=10, true",
        "maxPoolSize=9, false",
        "retryReads=false, false",
        "socketTimeoutMS=60000, false",
        "timeoutMS=60000, false"
    })
    void shortReadsUseOnlyConnectionsThatReadAsReliably(String options, boolean permitted) {
        MongoClientSettings settings = MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString("mongodb://localhost:1/?" + options))
                .build();

        assertThat(OwnClient.permitsShortReads(settings)).isEqualTo(permitted);
    }

    private static Stream<Method> getters() {
        return Stream.of(MongoClientSettings.class.getMethods())
                .filter(method -> method.getName().startsWith("get") && method.getDeclaringClass() != Object.class)
                .filter(method -> !Modifier.isStatic(method.getModifiers()));
    }

    private static Object get(Method getter, MongoClientSettings settings) throws ReflectiveOperationException {
        return getter.getParameterCount() == 0
                ? getter.invoke(settings)
                : getter.invoke(settings, TimeUnit.MILLISECONDS);
    }
}
