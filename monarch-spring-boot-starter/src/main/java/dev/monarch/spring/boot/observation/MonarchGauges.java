package dev.monarch.spring.boot.observation;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.BackfillStatus.State;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.BackupSummary;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.spring.boot.autoconfigure.BackupProperties;
import dev.monarch.spring.boot.autoconfigure.ScheduleProperties;
import dev.monarch.spring.boot.observation.MonarchGauge.Key;

/**
 * Registers the gauges when the application is ready. A command never is, and may need no database, so it has none: the name
 * of the own environment depends on the application's client.
 */
final class MonarchGauges implements ApplicationListener<ApplicationReadyEvent> {

    private final MeterRegistry registry;

    private final GaugeValues values;

    private final Supplier<MonarchEnvironment> own;

    private final BackupStores stores;

    private final BackupProperties backups;

    MonarchGauges(
            MeterRegistry registry,
            GaugeValues values,
            Supplier<MonarchEnvironment> own,
            BackupStores stores,
            BackupProperties backups) {
        this.registry = registry;
        this.values = values;
        this.own = own;
        this.stores = stores;
        this.backups = backups;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        values.migrated().forEach(this::registerMigrations);
        values.migrated().forEach(this::registerBackfills);
        stores.names().forEach(this::registerStore);
        if (!stores.names().isEmpty()) {
            backedUp(own.get().name())
                    .forEach(name -> register(
                            MonarchGauge.BACKUP_AGE, Key.ENVIRONMENT, name, () -> values.ageOfNewestBackup(name)));
        }
    }

    /** The own environment, and those of the schedules. */
    private List<String> backedUp(String ownName) {
        return Stream.concat(
                        Stream.of(ownName),
                        backups.schedules().stream()
                                .map(ScheduleProperties::environment)
                                .map(name -> name != null ? name : ownName))
                .distinct()
                .toList();
    }

    private void registerMigrations(String environment) {
        register(
                MonarchGauge.MIGRATIONS_PENDING,
                Key.ENVIRONMENT,
                environment,
                () -> values.ofEnvironment(environment, status -> status.pending()));
        register(
                MonarchGauge.MIGRATIONS_FAILED,
                Key.ENVIRONMENT,
                environment,
                () -> values.ofEnvironment(environment, status -> status.failed()));
        register(
                MonarchGauge.SWAPS_INTERRUPTED,
                Key.ENVIRONMENT,
                environment,
                () -> values.ofEnvironment(environment, status -> status.isSwapInterrupted() ? 1 : 0));
    }

    /** Without a backfill in the code, nothing is read. */
    private void registerBackfills(String environment) {
        List<String> ids = values.backfillsOf(environment);
        if (ids.isEmpty()) {
            return;
        }
        register(
                MonarchGauge.BACKFILLS_UNFINISHED,
                Key.ENVIRONMENT,
                environment,
                () -> values.ofBackfills(environment, all -> count(all, state -> state != State.DONE)));
        register(
                MonarchGauge.BACKFILLS_FAILED,
                Key.ENVIRONMENT,
                environment,
                () -> values.ofBackfills(environment, all -> count(all, state -> state == State.FAILED)));
        register(
                MonarchGauge.BACKFILLS_SET_ASIDE,
                Key.ENVIRONMENT,
                environment,
                () -> values.ofBackfills(
                        environment,
                        all -> all.stream()
                                .mapToLong(backfill -> backfill.progress().setAside())
                                .sum()));
        ids.forEach(id -> register(
                MonarchGauge.BACKFILL_PROGRESS,
                Tags.of(Key.ENVIRONMENT.asString(), environment, Key.BACKFILL.asString(), id),
                () -> values.ofBackfills(environment, all -> share(all, id))));
    }

    private static long count(List<BackfillStatus> backfills, Predicate<State> state) {
        return backfills.stream().map(BackfillStatus::state).filter(state).count();
    }

    private static double share(List<BackfillStatus> backfills, String id) {
        return backfills.stream()
                .filter(backfill -> backfill.id().equals(id))
                .mapToDouble(backfill ->
                        backfill.state() == State.DONE ? 1 : backfill.progress().share())
                .findFirst()
                .orElse(Double.NaN);
    }

    private void registerStore(String store) {
        register(MonarchGauge.BACKUPS, Key.STORE, store, () -> values.ofStore(store, List::size));
        register(
                MonarchGauge.BACKUPS_SIZE,
                Key.STORE,
                store,
                () -> values.ofStore(
                        store,
                        listed -> listed.stream()
                                .mapToLong(BackupSummary::storedBytes)
                                .sum()));
    }

    private void register(MonarchGauge gauge, Key key, String label, Supplier<Number> value) {
        register(gauge, Tags.of(key.asString(), label), value);
    }

    private void register(MonarchGauge gauge, Tags tags, Supplier<Number> value) {
        Gauge.builder(gauge.getName(), value)
                .description(gauge.description())
                .baseUnit(gauge.getBaseUnit())
                .tags(tags)
                .register(registry);
    }
}
