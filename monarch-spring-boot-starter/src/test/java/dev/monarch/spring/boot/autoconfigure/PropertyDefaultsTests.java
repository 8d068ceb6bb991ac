package dev.monarch.spring.boot.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.ReflectionUtils;

import dev.monarch.lock.LockSettings;
import dev.monarch.migration.MigrationSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** The defaults of the properties are those of the core, and each has its counterpart there. */
class PropertyDefaultsTests {

    private static final Map<String, String> WITHOUT_PROPERTY = Map.of(
            "LockSettings.skew", "a margin between servers' clocks, which no user can judge better than we can",
            "MigrationSettings.lock", "is monarch.lock, for migrations are not the only ones to lock");

    private static final Map<String, String> WITHOUT_SETTING = Map.of(
            "MigrationProperties.backupFirst", "is a hook, for migrations know nothing of backups",
            "MigrationProperties.runAt", "is about the application's start, of which the core knows nothing",
            "MigrationProperties.whenLocked", "is about the application's readiness; to the core it is a wait of zero");

    static List<Arguments> pairs() {
        return List.of(
                Arguments.of(bound("monarch.lock", LockProperties.class), LockSettings.DEFAULT),
                Arguments.of(bound("monarch.migrations", MigrationProperties.class), MigrationSettings.DEFAULT));
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
    void whatIsIgnoredIsThere() {
        assertThat(WITHOUT_PROPERTY.keySet())
                .allMatch(name -> name.startsWith("LockSettings.") || name.startsWith("MigrationSettings."));
        assertThat(WITHOUT_SETTING.keySet()).allMatch(name -> name.startsWith("MigrationProperties."));
    }

    @Test
    void thePropertiesBecomeTheSettingsOfTheCore() {
        LockProperties lock = bound("monarch.lock", LockProperties.class);
        MigrationProperties migrations = bound("monarch.migrations", MigrationProperties.class);
        assertThat(lock.toSettings(WhenLocked.WAIT)).isEqualTo(LockSettings.DEFAULT);
        assertThat(migrations.toSettings(LockSettings.DEFAULT)).isEqualTo(MigrationSettings.DEFAULT);
    }

    @Test
    void theOthersHaveTheDefaultsOfTheirDocumentation() {
        MonarchProperties properties = bound("monarch", MonarchProperties.class);
        assertThat(properties).isEqualTo(new MonarchProperties(true, null, List.of(), Map.of(), false));
        MigrationProperties migrations = bound("monarch.migrations", MigrationProperties.class);
        assertThat(migrations.runAt()).isEqualTo(RunAt.STARTUP);
        assertThat(migrations.whenLocked()).isEqualTo(WhenLocked.WAIT);
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
        return Arrays.stream(values.getClass().getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .map(component -> ReflectionUtils.invokeMethod(component.getAccessor(), values))
                .findFirst()
                .orElseThrow();
    }
}
