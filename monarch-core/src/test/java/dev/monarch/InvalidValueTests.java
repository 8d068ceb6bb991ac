package dev.monarch;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.monarch.migration.MigrationEvent;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A public record refuses blank names, negative numbers and negative durations, and names the component. */
class InvalidValueTests {

    /** Records with their own rules, which have their own tests, and records of texts from elsewhere. */
    private static final Set<String> PROVED_ELSEWHERE = Set.of(
            "Manifest",
            "Server",
            "Reading",
            "Part",
            "Archive",
            "Volume",
            "BackupArchive",
            "Origin",
            "BackedUpCollection",
            "CalendarSpan",
            "CollectionRename",
            "ContractRequest",
            "LockSettings",
            "Retention",
            "VersionSettings");

    /** Why a component may be blank or negative. */
    private static final Map<String, String> MAY_BE_ANYTHING = Map.ofEntries(
            // A name that does not exist is refused by an exception that lists those that exist.
            Map.entry("UpTo.id", "UnknownMigrationException lists the ids"),
            Map.entry("One.id", "UnknownMigrationException lists the ids"),
            Map.entry("DownTo.id", "UnknownMigrationException lists the ids"),
            Map.entry("Ignore.id", "UnknownMigrationException lists the ids"),
            Map.entry("Baseline.id", "UnknownMigrationException lists the ids"),
            Map.entry("Resolve.id", "UnknownMigrationException lists the ids"),
            Map.entry("Stored.name", "UnknownBackupException lists the backups"),
            Map.entry("QuerySetRequest.querySet", "InvalidRequestException lists the query sets"),
            Map.entry("RegisteredMigration.id", "InvalidMigrationsException lists all invalid beans"),
            Map.entry("RegisteredBackfill.id", "InvalidMigrationsException lists all invalid beans"),
            Map.entry("RegisteredBackfill.source", "it is only shown"),
            Map.entry("PlannedMigration.id", "InvalidMigrationsException lists all invalid beans"),
            Map.entry("MigrationStatus.id", "InvalidMigrationsException lists all invalid beans"),
            Map.entry("RegisteredMigration.source", "it is only shown"),
            // Texts for display.
            Map.entry("Ignore.reason", "a text"),
            Map.entry("IgnoreAll.reason", "a text"),
            Map.entry("Baseline.reason", "a text"),
            Map.entry("Resolve.reason", "a text"),
            Map.entry("ImportedEntry.detail", "a text, empty if the other history says nothing"),
            Map.entry("Warning.text", "a text"),
            Map.entry("Amended.text", "a text"),
            Map.entry("Progress.message", "a text, empty if there is nothing to say"),
            Map.entry("Failure.message", "a text"),
            Map.entry("SetAsideDocument.error", "a text"),
            Map.entry("ForeignJournalEntry.reason", "a text"),
            Map.entry("TransferProgress.phase", "a text"),
            Map.entry("Progressed.phase", "a text"),
            Map.entry("Finding.problem", "the message of an exception"),
            Map.entry("MaskedField.masker", "the description of an application's own masker"),
            // Values from other programs.
            Map.entry("LockHolder.purpose", "another program may have written the lock"),
            Map.entry("LockHolder.host", "another program may have written the lock"),
            Map.entry("ScheduledRun.host", "another program may have written the schedule"),
            Map.entry("SwapProgress.purpose", "another program may have written the journal"),
            Map.entry("SwapProgress.host", "another program may have written the journal"),
            Map.entry("Step.collection", "another program may have written the journal"),
            Map.entry("ForeignJournalEntry.id", "another program may have written the journal"),
            Map.entry("ArchivedTotals.collection", "another program may have written the archive"),
            Map.entry("ArchivedTotals.crc64", "all 64 bits of a checksum"),
            Map.entry("CollectionDescription.name", "another program may have written the archive"),
            Map.entry("CollectionProgress.collection", "another program may have written the archive"),
            Map.entry("DocumentFailure.collection", "another program may have written the archive"),
            Map.entry("DocumentFailure.id", "the server's answer"),
            Map.entry("DocumentFailure.code", "the server's answer"),
            Map.entry("DocumentFailure.message", "the server's answer"),
            Map.entry("BackupSeries.database", "of a summary, which refuses a blank one"),
            Map.entry("BackupSeries.name", "empty if the backup is named only by its time"),
            Map.entry("BackupSeries.part", "empty for a whole backup"),
            Map.entry("BackupSummary.compression", "a store may not know it"),
            // Others.
            Map.entry("MaskedField.path", "empty for the whole document"),
            Map.entry("MigrationPolicy.version", "empty if the migration has no version"),
            Map.entry("Progress.done", "a migration may step back"));

    static Stream<Arguments> components() {
        return MonarchClasses.all().stream()
                .filter(JavaClass::isRecord)
                .filter(type -> !type.getPackageName().startsWith("dev.monarch.engine"))
                .filter(type -> !type.getPackageName().startsWith("dev.monarch.test"))
                .<Class<?>>map(JavaClass::reflect)
                .filter(InvalidValueTests::isPublic)
                .filter(type -> !PROVED_ELSEWHERE.contains(name(type)))
                .sorted((one, other) -> name(one).compareTo(name(other)))
                .flatMap(type -> Arrays.stream(type.getRecordComponents())
                        .filter(component -> isNotOfAnEvent(type, component))
                        .filter(component -> bad(component.getType()) != null)
                        .filter(component -> !isNullableText(component))
                        .filter(component -> !MAY_BE_ANYTHING.containsKey(name(type) + "." + component.getName()))
                        .map(component -> Arguments.of(name(type), component.getName(), type)));
    }

    /** The engine creates events, of environments and migrations that have names. */
    private static boolean isNotOfAnEvent(Class<?> type, RecordComponent component) {
        return type.getEnclosingClass() != MigrationEvent.class
                || !Set.of("environment", "id").contains(component.getName());
    }

    private static boolean isNullableText(RecordComponent component) {
        return component.getType() == String.class
                && component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static boolean isPublic(@Nullable Class<?> type) {
        return type == null || Modifier.isPublic(type.getModifiers()) && isPublic(type.getEnclosingClass());
    }

    private static String name(Class<?> type) {
        return type.getSimpleName();
    }

    @ParameterizedTest(name = "{0} refuses a wrong {1}")
    @MethodSource("components")
    void isRefused(String record, String component, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values =
                Arrays.stream(components).map(each -> sample(each.getType())).toArray();
        assertThatCode(() -> create(type, values))
                .as("%s of good values", record)
                .doesNotThrowAnyException();

        for (int i = 0; i < components.length; i++) {
            if (components[i].getName().equals(component)) {
                Object wrong = bad(components[i].getType());
                values[i] = wrong;
                String shown = wrong instanceof String ? component : String.valueOf(wrong);
                assertThatThrownBy(() -> create(type, values))
                        .as("%s with %s = '%s'", record, component, wrong)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(component)
                        .hasMessageContaining(shown);
            }
        }
    }

    private static Object create(Class<?> type, Object... values) throws Throwable {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Empty, as the name of a collection may consist of spaces. */
    private static @Nullable Object bad(Class<?> type) {
        if (type == String.class) {
            return "";
        }
        if (type == int.class) {
            return -7;
        }
        if (type == long.class) {
            return -7L;
        }
        return type == Duration.class ? Duration.ofSeconds(-7) : null;
    }

    private static @Nullable Object sample(Class<?> type) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type.isRecord()) {
            try {
                return create(
                        type,
                        Arrays.stream(type.getRecordComponents())
                                .map(each -> sample(each.getType()))
                                .toArray());
            } catch (Throwable e) {
                // A record with its own tests.
                return null;
            }
        }
        if (type.isInterface() && !SAMPLES.containsKey(type)) {
            return type.isSealed()
                    ? null
                    : Proxy.newProxyInstance(
                            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
        }
        return SAMPLES.get(type);
    }

    private static final Map<Class<?>, Object> SAMPLES = Map.ofEntries(
            Map.entry(String.class, "name"),
            Map.entry(int.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(double.class, 1.0),
            Map.entry(boolean.class, true),
            Map.entry(Duration.class, Duration.ofSeconds(1)),
            Map.entry(Instant.class, Instant.EPOCH),
            Map.entry(ZoneId.class, ZoneId.of("UTC")),
            Map.entry(UUID.class, new UUID(0, 1)),
            Map.entry(Path.class, Path.of("file")),
            Map.entry(List.class, List.of("name")),
            Map.entry(Collection.class, List.of()),
            Map.entry(Set.class, Set.of()),
            Map.entry(Map.class, Map.of()),
            Map.entry(BsonDocument.class, new BsonDocument()),
            Map.entry(BsonValue.class, new BsonInt64(1)),
            Map.entry(BsonTimestamp.class, new BsonTimestamp(1, 1)),
            Map.entry(RuntimeException.class, new IllegalStateException("a sample")));
}
