package dev.monarch.spring.boot.autoconfigure;

import com.mongodb.client.MongoClient;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.MongoOperations;

/**
 * Matches if a bean may identify the application's database. If there are several clients, Spring Boot makes no
 * factory.
 */
final class OnMongoBeanCondition extends AnyNestedCondition {

    OnMongoBeanCondition() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnBean(MongoDatabaseFactory.class)
    static final class OnFactory {}

    @ConditionalOnBean(MongoOperations.class)
    static final class OnTemplate {}

    @ConditionalOnBean(MongoClient.class)
    static final class OnClient {}

    @ConditionalOnBean(type = "org.springframework.data.mongodb.ReactiveMongoDatabaseFactory")
    static final class OnReactiveFactory {}

    @ConditionalOnBean(type = "com.mongodb.reactivestreams.client.MongoClient")
    static final class OnReactiveClient {}
}
