package dev.monarch.spring.boot.autoconfigure;

import java.lang.reflect.Proxy;

import com.mongodb.client.MongoClient;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

import static org.assertj.core.api.Assertions.assertThat;

class FactoryClientTests {

    private final MongoClient client = (MongoClient) Proxy.newProxyInstance(
            FactoryClientTests.class.getClassLoader(),
            new Class<?>[] {MongoClient.class},
            (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    @Test
    void theClientOfAFactoryIsFound() {
        assertThat(FactoryClient.of(new SimpleMongoClientDatabaseFactory(client, "kennel")))
                .isSameAs(client);
    }

    @Test
    void otherObjectsHaveNoClient() {
        assertThat(FactoryClient.of("a factory")).isNull();
        assertThat(FactoryClient.ofReactive("a factory")).isNull();
    }

    /** The factories of Spring Data 5.0; the fresh application on Spring Boot 4.0 has real ones. */
    @Test
    void theClientIsInAFieldOfAnOlderFactory() {
        assertThat(FactoryClient.inField("mongoClient", new Older(client))).isSameAs(client);
        assertThat(FactoryClient.inField("mongo", new Older(client))).isNull();
    }

    private static class OlderSupport {

        private final Object mongoClient;

        OlderSupport(Object mongoClient) {
            this.mongoClient = mongoClient;
        }

        Object client() {
            return mongoClient;
        }
    }

    private static final class Older extends OlderSupport {

        Older(Object mongoClient) {
            super(mongoClient);
        }
    }
}
