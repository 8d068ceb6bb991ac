package dev.monarch.spring.boot.actuate;

import java.util.concurrent.CountDownLatch;

import org.bson.Document;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.monarch.migration.Migration;
import dev.monarch.migration.MongoMigration;

/** One migration that works, one that fails, and one that waits until it may go on. */
@Configuration(proxyBeanMethods = false)
public class KennelMigrations {

    public static final String WORKS = "202611201000-kennel";

    public static final String FAILS = "202611201010-unique-email";

    public static final String WAITS = "202611201030-weight-in-kg";

    @Bean
    @Migration(WORKS)
    MongoMigration kennel() {
        return context -> context.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
    }

    @Bean
    @Migration(FAILS)
    MongoMigration uniqueEmail() {
        return context -> {
            throw new IllegalStateException(
                    "2 accounts of mongodb://keeper:hunter2@db.example.com have the same address");
        };
    }

    @Bean
    @Migration(WAITS)
    MongoMigration weightInKg(Gate gate) {
        return context -> {
            context.progress().total(2_000);
            context.progress().advance(500);
            context.progress().message("weighing");
            gate.pass();
        };
    }

    @Bean
    Gate gate() {
        return new Gate();
    }

    /** Where a migration waits. */
    public static final class Gate {

        private final CountDownLatch reached = new CountDownLatch(1);

        private final CountDownLatch opened = new CountDownLatch(1);

        public void pass() throws InterruptedException {
            reached.countDown();
            opened.await();
        }

        public void awaitMigration() throws InterruptedException {
            reached.await();
        }

        public void open() {
            opened.countDown();
        }
    }
}
