package dev.monarch.migration;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.bson.BsonInt32;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.ClassUtils;

import dev.monarch.LockLostException;
import dev.monarch.MigrationFailedException;
import dev.monarch.environment.Approval;
import dev.monarch.test.MongoTest;
import dev.monarch.test.TestMongo;
import dev.monarch.test.TestProcess;
import dev.monarch.test.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Checkpoints and progress of long migrations. */
@MongoTest
class CheckpointTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    static List<Object> values() {
        return List.of(
                7,
                7L,
                "a name",
                new ObjectId(),
                Date.from(Instant.ofEpochMilli(1_700_000_000_000L)),
                Instant.parse("2021-06-01T00:00:00Z"),
                LocalDate.of(2021, 6, 1),
                LocalDateTime.of(2021, 6, 1, 12, 30),
                Duration.ofMinutes(90),
                new BigDecimal("1234.50"),
                "Rex".getBytes(StandardCharsets.UTF_8),
                ChronoUnit.DAYS,
                1.5f,
                2.5,
                (short) 3,
                (byte) 4,
                'x',
                true,
                new Place("kennel", 7),
                new Document("last", 3).append("of", List.of(1, 2)));
    }

    record Place(String house, int room) {}

    static List<Class<?>> primitives() {
        return List.of(byte.class, short.class, int.class, long.class, float.class, double.class);
    }

    @ParameterizedTest
    @MethodSource("primitives")
    void aCheckpointCanBeReadAsAPrimitiveType(Class<?> type, TestMongo mongo) {
        List<Object> seen = new ArrayList<>();
        TestMigrations migrations = TestMigrations.on(mongo).with("1", context -> {
            context.checkpoint(7);
            context.lastCheckpoint(type).ifPresent(seen::add);
        });

        migrations.migrate();

        assertThat(seen).singleElement().isInstanceOf(ClassUtils.resolvePrimitiveIfNecessary(type));
        assertThat(((Number) seen.get(0)).intValue()).isEqualTo(7);
    }

    @Test
    void aListCanBeReadAsAListOrASet(TestMongo mongo) {
        TestMigrations.on(mongo)
                .with("1", context -> {
                    context.checkpoint(List.of(1, 2));
                    assertThat(context.lastCheckpoint(List.class)).contains(List.of(1, 2));
                    assertThat(context.lastCheckpoint(Set.class)).contains(Set.of(1, 2));
                })
                .migrate();
    }

    static List<Object> unreadable() {
        return List.of(new Object(), Path.of("kennel"), ZonedDateTime.now(ZoneOffset.UTC), new Thread());
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void aValueThatCannotBeReadBackIsRefused(Object value, TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).with("1", context -> context.checkpoint(value));

        assertThatExceptionOfType(MigrationFailedException.class)
                .isThrownBy(migrations::migrate)
                .withStackTraceContaining(
                        "A checkpoint of type " + value.getClass().getName() + " could not be read back by the next");
        assertThat(migrations.entry("1").checkpoint()).isNull();
    }

    @Test
    void readingACheckpointAsAnotherTypeFailsTheMigration(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).with("1", context -> {
            context.checkpoint("a name");
            context.lastCheckpoint(Instant.class);
        });

        assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrations::migrate);
    }

    @ParameterizedTest
    @MethodSource("values")
    void theNextAttemptReadsTheCheckpoint(Object value, TestMongo mongo) {
        List<Object> seen = new ArrayList<>();
        TestMigrations migrations = TestMigrations.on(mongo);
        migrations.with("1", context -> {
            context.lastCheckpoint(value.getClass()).ifPresent(seen::add);
            if (seen.isEmpty()) {
                context.checkpoint(value);
                assertThat(context.lastCheckpoint(value.getClass()))
                        .hasValueSatisfying(kept -> assertThat((Object) kept).isEqualTo(value));
                throw new IllegalStateException("a break");
            }
        });
        assertThatExceptionOfType(MigrationFailedException.class).isThrownBy(migrations::migrate);

        migrations.migrate();

        assertThat(seen).containsExactly(value);
        assertThat(migrations.entry("1").checkpoint())
                .as("the checkpoint of an applied migration")
                .isNull();
    }

    @Test
    void theNextRunContinuesAtTheCheckpointOfAKilledProcess(TestMongo mongo) {
        mongo.database()
                .getCollection("dogs")
                .insertMany(IntStream.rangeClosed(1, 10)
                        .mapToObj(i -> new Document("_id", i))
                        .toList());
        try (TestProcess process = TestProcess.java(
                MigrationProcess.class,
                mongo.uri(),
                mongo.databaseName(),
                "checkpoints",
                folder.resolve("never").toString())) {
            process.awaitLine("STEP 4"::equals, PATIENCE);
            process.kill();
        }

        TestMigrations next = TestMigrations.on(mongo).with("1", MigrationProcess::stepByStep);
        next.migrate();

        assertThat(mongo.database().getCollection("dogs").find())
                .extracting(dog -> dog.getInteger("visits"))
                .containsOnly(1);
    }

    @Test
    @MongoTest(topology = Topology.REPLICA_SET)
    void aRunThatHasLostItsLockStoresNoCheckpoint(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo);
        migrations.with("1", context -> {
            context.checkpoint(1);
            migrations.migrator().unlock(Approval.none());
            context.checkpoint(2);
        });

        assertThatExceptionOfType(LockLostException.class).isThrownBy(migrations::migrate);
        assertThat(migrations.entry("1").checkpoint()).isEqualTo(new BsonInt32(1));
    }

    @Test
    void listenersReceiveTheProgress(TestMongo mongo) {
        TestMigrations migrations = TestMigrations.on(mongo).with("1", context -> {
            context.progress().total(3);
            context.progress().message("counting dogs");
            context.progress().advance(2);
        });

        migrations.migrate();

        assertThat(migrations.events())
                .filteredOn(MigrationEvent.Progress.class::isInstance)
                .containsExactly(
                        new MigrationEvent.Progress("test", "1", 0, 3, ""),
                        new MigrationEvent.Progress("test", "1", 0, 3, "counting dogs"),
                        new MigrationEvent.Progress("test", "1", 2, 3, "counting dogs"));
    }
}
