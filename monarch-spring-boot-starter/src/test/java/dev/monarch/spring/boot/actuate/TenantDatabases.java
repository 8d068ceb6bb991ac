package dev.monarch.spring.boot.actuate;

import com.mongodb.client.MongoDatabase;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.SimpleMongoClientDatabaseFactory;

/** As in an application with a database for each tenant. */
@Configuration(proxyBeanMethods = false)
public class TenantDatabases {

    @Bean
    MongoDatabaseFactory tenants() {
        return new SimpleMongoClientDatabaseFactory("mongodb://127.0.0.1:1/tenants?serverSelectionTimeoutMS=100") {
            @Override
            public MongoDatabase getMongoDatabase() {
                throw new IllegalStateException("no tenant");
            }
        };
    }
}
