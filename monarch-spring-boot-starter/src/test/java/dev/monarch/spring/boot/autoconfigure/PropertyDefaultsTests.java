package dev.monarch.spring.boot.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.core.ResolvableType;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.unit.DataSize;

import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.backup.BackupStores.DumpLimits;
import dev.monarch.backup.retention.Retention;
import dev.monarch.environment.LockSettings;
import dev.monarch.migration.MigrationSettings;
import dev.monarch.version.DocumentVersions.VersionSettings;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

/** The defaults of the properties equal those of the core, and each property has a setting in the core. */
class PropertyDefaultsTests {

    private static final Map<String, String> WITHOUT_PROPERTY = Map.of(
            "LockSettings.skew", "a margin between servers' clocks, which no user can judge better than we can",
            "MigrationSettings.lock", "is monarch.lock, for migrations are not the only ones to lock",
            "BackfillSettings.historyCollection", "is that of the migrations",
            "BackfillSettings.scope", "is that of the migrations",
            "BackfillSettings.lock", "is monarch.lock",
            "BackfillSettings.rate", "is monarch.backfills.duty-cycle and monarch.backfills.max-rate");

    private static final Map<String, String> WITHOUT_SETTING = Map.ofEntries(
            entry(
                    "MigrationProperties.environments",
                    "is about the application's start; the core migrates one environment"),
            entry(
                    "MigrationProperties.connectTimeout",
                    "is about the application's start; callers of the core have the driver's"),
            entry(
                    "MigrationProperties.connectRetries",
                    "is about the application's start; callers of the core try again"),
            entry("MigrationProperties.connectRetriesInterval", "belongs to the retries"),
            entry("MigrationProperties.backupFirst", "is a hook, for migrations know nothing of backups"),
            entry("MigrationProperties.runAt", "is about the application's start, of which the core knows nothing"),
            entry(
                    "MigrationProperties.whenLocked",
                    "is about the application's readiness; to the core it is a wait of zero"),
            entry("BackfillProperties.enabled", "is about the application's start, of which the core knows nothing"),
            entry("BackfillProperties.dutyCycle", "is a part of BackfillSettings.rate"),
            entry("BackfillProperties.maxRate", "is a part of BackfillSettings.rate"));

    private static final Object NOT_SET = "not set";

    /** All properties. Defaults that the core also has are read from the core. */
    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            entry("monarch.enabled", true),
            entry("monarch.environment", NOT_SET),
            entry("monarch.profiles", List.of()),
            entry("monarch.drop-enabled", false),
            entry("monarch.reactive-only", NOT_SET),
            entry("monarch.environments", Map.of()),
            entry("monarch.environments.*.profile", NOT_SET),
            entry("monarch.environments.*.uri", NOT_SET),
            entry("monarch.environments.*.host", NOT_SET),
            entry("monarch.environments.*.port", NOT_SET),
            entry("monarch.environments.*.database", NOT_SET),
            entry("monarch.environments.*.username", NOT_SET),
            entry("monarch.environments.*.password", NOT_SET),
            entry("monarch.environments.*.authentication-database", NOT_SET),
            entry("monarch.environments.*.ssl.enabled", NOT_SET),
            entry("monarch.environments.*.ssl.bundle", NOT_SET),
            entry("monarch.environments.*.protected", NOT_SET),
            entry("monarch.lock.lease", LockSettings.DEFAULT.lease()),
            entry("monarch.lock.heartbeat", LockSettings.DEFAULT.heartbeat()),
            entry("monarch.lock.wait", LockSettings.DEFAULT.waitAtMost()),
            entry("monarch.migrations.run-at", RunAt.STARTUP),
            entry("monarch.migrations.when-locked", WhenLocked.WAIT),
            entry("monarch.migrations.history-collection", MigrationSettings.DEFAULT.historyCollection()),
            entry("monarch.migrations.scope", MigrationSettings.DEFAULT.scope()),
            entry("monarch.migrations.unknown", MigrationSettings.DEFAULT.unknown()),
            entry("monarch.migrations.out-of-order", MigrationSettings.DEFAULT.outOfOrder()),
            entry("monarch.migrations.other-history", MigrationSettings.DEFAULT.otherHistory()),
            entry("monarch.migrations.max-attempts", MigrationSettings.DEFAULT.maxAttempts()),
            entry("monarch.migrations.backup-first", false),
            entry("monarch.migrations.environments", List.of()),
            entry("monarch.migrations.connect-timeout", NOT_SET),
            entry("monarch.migrations.connect-retries", 0),
            entry("monarch.migrations.connect-retries-interval", Duration.ofSeconds(120)),
            entry("monarch.migrations.warn-after", MigrationSettings.DEFAULT.warnAfter()),
            entry("monarch.migrations.warn-every", MigrationSettings.DEFAULT.warnEvery()),
            entry("monarch.backfills.enabled", true),
            entry(
                    "monarch.backfills.duty-cycle",
                    Objects.requireNonNull(BackfillSettings.DEFAULT.rate().dutyCycle())),
            entry("monarch.backfills.max-rate", NOT_SET),
            entry("monarch.backfills.back-off", BackfillSettings.DEFAULT.backOff()),
            entry("monarch.backfills.set-aside-limit", BackfillSettings.DEFAULT.setAsideLimit()),
            entry("monarch.actuator.operations", Set.of()),
            entry("monarch.health.backup-max-age", NOT_SET),
            entry("monarch.masking.key", NOT_SET),
            entry("monarch.rehearsal.server", "mongodb://localhost:27017"),
            entry("monarch.versions.field", VersionSettings.DEFAULT.field()),
            entry("monarch.versions.heartbeat", VersionSettings.DEFAULT.heartbeat()),
            entry("monarch.versions.old-instance-timeout", VersionSettings.DEFAULT.oldInstanceTimeout()),
            entry("monarch.transfer.pace", NOT_SET),
            entry("monarch.transfer.max-rate", NOT_SET),
            entry("monarch.transfer.workers", NOT_SET),
            entry("monarch.transfer.read-from", NOT_SET),
            entry("monarch.backups.store", NOT_SET),
            entry("monarch.backups.local.directory", NOT_SET),
            entry("monarch.backups.dumps.max-files", DumpLimits.DEFAULT.maxFiles()),
            entry("monarch.backups.dumps.max-ratio", DumpLimits.DEFAULT.maxRatio()),
            entry("monarch.backups.retention", Map.of()),
            entry("monarch.backups.retention.*.keep-last", 0),
            entry("monarch.backups.retention.*.hourly", 0),
            entry("monarch.backups.retention.*.daily", 0),
            entry("monarch.backups.retention.*.weekly", 0),
            entry("monarch.backups.retention.*.monthly", 0),
            entry("monarch.backups.retention.*.yearly", 0),
            entry("monarch.backups.retention.*.within", NOT_SET),
            entry("monarch.backups.retention.*.within-hourly", NOT_SET),
            entry("monarch.backups.retention.*.within-daily", NOT_SET),
            entry("monarch.backups.retention.*.within-weekly", NOT_SET),
            entry("monarch.backups.retention.*.within-monthly", NOT_SET),
            entry("monarch.backups.retention.*.within-yearly", NOT_SET),
            entry("monarch.backups.retention.*.maximum-size", NOT_SET),
            entry("monarch.backups.retention.*.zone", Retention.NONE.zone()),
            entry("monarch.backups.schedules", List.of()),
            entry("monarch.backups.schedules.*.cron", NOT_SET),
            entry("monarch.backups.schedules.*.zone", ZoneId.of("UTC")),
            entry("monarch.backups.schedules.*.environment", NOT_SET),
            entry("monarch.backups.schedules.*.name", NOT_SET),
            entry("monarch.backups.schedules.*.store", NOT_SET),
            entry("monarch.backups.schedules.*.query-set", NOT_SET),
            entry("monarch.backups.schedules.*.parameters", Map.of()),
            entry("monarch.backups.schedules.*.pace", NOT_SET),
            entry("monarch.backups.schedules.*.max-rate", NOT_SET),
            entry("monarch.backups.schedules.*.workers", NOT_SET),
            entry("monarch.backups.schedules.*.read-from", NOT_SET),
            entry("monarch.backups.schedules.*.verify-after", false),
            entry("monarch.backups.schedules.*.prune-after", false),
            entry("monarch.backups.s3.bucket", NOT_SET),
            entry("monarch.backups.s3.prefix", NOT_SET),
            entry("monarch.backups.s3.storage-class", NOT_SET),
            entry("monarch.backups.s3.encryption", NOT_SET),
            entry("monarch.backups.s3.kms-key", NOT_SET),
            entry("monarch.backups.s3.part-size", DataSize.ofMegabytes(8)),
            entry("monarch.backups.s3.tags", Map.of()));

    static List<Arguments> pairs() {
        return List.of(
                Arguments.of(bound("monarch.lock", LockProperties.class), LockSettings.DEFAULT),
                Arguments.of(bound("monarch.migrations", MigrationProperties.class), MigrationSettings.DEFAULT),
                Arguments.of(bound("monarch.backfills", BackfillProperties.class), BackfillSettings.DEFAULT),
                Arguments.of(bound("monarch.versions", VersionProperties.class), VersionSettings.DEFAULT));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everySettingOfTheCoreIsAProperty(Record properties, Record settings) {
        assertThat(names(settings)).isEqualTo(union(common(properties, settings), ignored(WITHOUT_PROPERTY, settings)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everyPropertyIsASettingOfTheCore(Record properties, Record settings) {
        assertThat(names(properties))
                .isEqualTo(union(common(properties, settings), ignored(WITHOUT_SETTING, properties)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theDefaultsAreTheSame(Record properties, Record settings) {
        assertThat(common(properties, settings))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(value(properties, name)).isEqualTo(value(settings, name)));
    }

    @Test
    void ignoredPropertiesExist() {
        assertThat(WITHOUT_PROPERTY.keySet())
                .allMatch(name -> name.startsWith("LockSettings.")
                        || name.startsWith("MigrationSettings.")
                        || name.startsWith("BackfillSettings."));
        assertThat(WITHOUT_SETTING.keySet())
                .allMatch(name -> name.startsWith("MigrationProperties.") || name.startsWith("BackfillProperties."));
    }

    @Test
    void thePropertiesBecomeTheSettingsOfTheCore() {
        LockProperties lock = bound("monarch.lock", LockProperties.class);
        MigrationProperties migrations = bound("monarch.migrations", MigrationProperties.class);
        assertThat(lock.toSettings(WhenLocked.WAIT)).isEqualTo(LockSettings.DEFAULT);
        assertThat(migrations.toSettings(LockSettings.DEFAULT)).isEqualTo(MigrationSettings.DEFAULT);
        assertThat(bound("monarch.backfills", BackfillProperties.class).toSettings(migrations, LockSettings.DEFAULT))
                .isEqualTo(BackfillSettings.DEFAULT);
    }

    @Test
    void everyPropertyHasTheDefaultThatIsListed() {
        Map<String, Object> defaults = new TreeMap<>();
        AutoConfigurationClasses.properties()
                .forEach(type -> collect(
                        type.getAnnotation(ConfigurationProperties.class).value(),
                        type.asSubclass(Record.class),
                        defaults));
        assertThat(defaults).containsExactlyInAnyOrderEntriesOf(DEFAULTS);
    }

    @Test
    void allSettingsOfTheCoreAreCompared() {
        assertThat(AutoConfigurationClasses.imported("dev.monarch").stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> type.getSimpleName().endsWith("Settings"))
                        .map(JavaClass::getName))
                .containsExactlyInAnyOrderElementsOf(pairs().stream()
                        .map(pair -> pair.get()[1].getClass().getName())
                        .toList());
    }

    /** Collects the defaults of a type. An asterisk represents the elements of a list or map. */
    private static void collect(String prefix, Class<? extends Record> type, Map<String, Object> defaults) {
        Record bound = bound("nothing", type);
        for (RecordComponent component : type.getRecordComponents()) {
            String name = prefix + "." + propertyName(component);
            if (component.getType().isRecord() && isOurs(component.getType())) {
                collect(name, component.getType().asSubclass(Record.class), defaults);
                continue;
            }
            Object value = value(bound, component.getName());
            defaults.put(name, value == null ? NOT_SET : value);
            elementOf(component).ifPresent(element -> collect(name + ".*", element, defaults));
        }
    }

    private static Optional<Class<? extends Record>> elementOf(RecordComponent component) {
        ResolvableType[] generics =
                ResolvableType.forType(component.getGenericType()).getGenerics();
        return Arrays.stream(generics)
                .map(generic -> generic.resolve(Object.class))
                .filter(type -> type.isRecord() && isOurs(type))
                .<Class<? extends Record>>map(type -> type.asSubclass(Record.class))
                .findFirst();
    }

    /** Monarch's property types. Other records are values. */
    private static boolean isOurs(Class<?> type) {
        return type.getPackageName().startsWith("dev.monarch.spring.boot");
    }

    private static String propertyName(RecordComponent component) {
        return Arrays.stream(component
                        .getDeclaringRecord()
                        .getDeclaredConstructors()[0]
                        .getParameters())
                .filter(parameter -> parameter.getName().equals(component.getName()))
                .map(parameter -> parameter.getAnnotation(Name.class))
                .filter(Objects::nonNull)
                .map(Name::value)
                .findFirst()
                .orElseGet(() -> DataObjectPropertyName.toDashedForm(component.getName()));
    }

    private static <T> T bound(String prefix, Class<T> type) {
        return Binder.get(new MockEnvironment()).bindOrCreate(prefix, type);
    }

    private static Set<String> names(Record values) {
        Set<String> names = new TreeSet<>();
        Arrays.stream(values.getClass().getRecordComponents())
                .map(RecordComponent::getName)
                .forEach(names::add);
        return names;
    }

    private static Set<String> common(Record some, Record others) {
        Set<String> names = names(some);
        names.retainAll(names(others));
        return names;
    }

    private static Set<String> ignored(Map<String, String> reasons, Record values) {
        String prefix = values.getClass().getSimpleName() + ".";
        Set<String> names = new TreeSet<>();
        reasons.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .forEach(names::add);
        return names;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        assertThat(Collections.disjoint(some, others)).as("ignored in vain").isTrue();
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }

    private static @Nullable Object value(Record values, String name) {
        RecordComponent named = Arrays.stream(values.getClass().getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return ReflectionUtils.invokeMethod(named.getAccessor(), values);
    }
}
