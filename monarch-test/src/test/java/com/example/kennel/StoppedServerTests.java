package com.example.kennel;

import java.util.concurrent.TimeUnit;

import com.mongodb.MongoSocketException;
import com.mongodb.client.MongoClient;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import dev.monarch.spring.boot.test.MigrationTester;
import dev.monarch.spring.boot.test.MonarchTestAutoConfiguration;
import dev.monarch.test.Fault;
import dev.monarch.test.FaultyLine;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A container of a test is often stopped before Spring closes the contexts of the tests. */
@MongoTest
class StoppedServerTests {

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aContextClosesWithoutItsServer(TestMongo mongo) {
        FaultyLine line = FaultyLine.to(mongo);
        new ApplicationContextRunner()
                .withUserConfiguration(Tested.class)
                .withPropertyValues(
                        "monarch.migrations.run-at=never",
                        "spring.mongodb.uri=" + line.uri("serverSelectionTimeoutMS=600000"))
                .run(context -> {
                    assertThat(context).hasSingleBean(MigrationTester.class);
                    stop(line, context.getBean(MongoClient.class));
                });
    }

    /** Nothing connects any more, and the driver knows it. */
    private static void stop(FaultyLine line, MongoClient client) {
        line.close();
        line.fail(command -> true, Integer.MAX_VALUE, new Fault.NotSent());
        assertThatThrownBy(() -> client.getDatabase("admin").runCommand(new Document("ping", 1)))
                .isInstanceOf(MongoSocketException.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ImportAutoConfiguration(MonarchTestAutoConfiguration.class)
    static class Tested {}
}
