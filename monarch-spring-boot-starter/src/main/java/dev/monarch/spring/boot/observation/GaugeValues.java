package dev.monarch.spring.boot.observation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

import dev.monarch.InvalidEnvironmentException;
import dev.monarch.UnknownEnvironmentException;
import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.Backfills;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.BackupSummary;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.migration.MigrationEvent;
import dev.monarch.migration.MigrationEvent.MigrationListener;
import dev.monarch.spring.boot.status.EnvironmentReader;
import dev.monarch.spring.boot.status.EnvironmentStatus;
import dev.monarch.spring.boot.status.WholeBackups;

/**
 * What the gauges show. The state of an environment is read at most once a minute, that of the own environment with the
 * application's client. A store is listed at most every five minutes. What this process changes is read again at once.
 */
final class GaugeValues implements OperationListener, MigrationListener {

    private static final Logger log = LoggerFactory.getLogger(GaugeValues.class);

    private static final Duration STATUS_AGE = Duration.ofMinutes(1);

    /** Listing a bucket reads the manifest of each backup. */
    private static final Duration LISTING_AGE = Duration.ofMinutes(5);

    private final Clock clock;

    private final EnvironmentReader reader;

    /** By the name of the environment. */
    private final Map<String, BackgroundValue<EnvironmentStatus>> status = new ConcurrentHashMap<>();

    /** By the name of the environment. */
    private final Map<String, BackgroundValue<List<BackfillStatus>>> backfillStatus = new ConcurrentHashMap<>();

    private final ObjectProvider<Backfills> backfills;

    /** By the name of the store. */
    private final Map<String, BackgroundValue<List<BackupSummary>>> backups;

    GaugeValues(EnvironmentReader reader, BackupStores stores, ObjectProvider<Backfills> backfills, Clock clock) {
        this.backfills = backfills;
        this.clock = clock;
        this.reader = reader;
        this.backups = stores.names().stream()
                .map(stores::get)
                .collect(Collectors.toMap(
                        BackupStore::name, store -> new BackgroundValue<>(store::list, LISTING_AGE, System::nanoTime)));
    }

    /**
     * Returns the environments that the application migrates, and its own.
     *
     * @return their names; none if the application does not say which database it uses
     */
    List<String> migrated() {
        List<String> names = new ArrayList<>();
        try {
            names.add(reader.ownOnTheApplicationsClient().name());
            reader.othersMigrated().forEach(environment -> names.add(environment.name()));
        } catch (InvalidEnvironmentException | UnknownEnvironmentException e) {
            log.debug("Some environments have no gauges", e);
        }
        return names;
    }

    /** Returns the ids of the backfills in the code. */
    List<String> backfillsOf(String environment) {
        return reader.migrations().backfills().backfills().stream()
                .filter(backfill -> backfill.isFor(environment))
                .map(RegisteredBackfill::id)
                .toList();
    }

    double ofEnvironment(String name, ToDoubleFunction<EnvironmentStatus> value) {
        return status.computeIfAbsent(name, key -> new BackgroundValue<>(() -> read(key), STATUS_AGE, System::nanoTime))
                .get()
                .map(value::applyAsDouble)
                .orElse(Double.NaN);
    }

    double ofBackfills(String name, ToDoubleFunction<List<BackfillStatus>> value) {
        return backfillStatus
                .computeIfAbsent(
                        name, key -> new BackgroundValue<>(() -> readBackfills(key), STATUS_AGE, System::nanoTime))
                .get()
                .map(value::applyAsDouble)
                .orElse(Double.NaN);
    }

    private List<BackfillStatus> readBackfills(String name) {
        return backfills.getObject().on(onTheApplicationsClient(name)).statuses();
    }

    private EnvironmentStatus read(String name) {
        return reader.status(onTheApplicationsClient(name));
    }

    private MonarchEnvironment onTheApplicationsClient(String name) {
        boolean own = name.equals(reader.environments().own().name());
        return own ? reader.ownOnTheApplicationsClient() : reader.environment(name);
    }

    double ofStore(String store, ToDoubleFunction<List<BackupSummary>> value) {
        return Objects.requireNonNull(backups.get(store))
                .get()
                .map(value::applyAsDouble)
                .orElse(Double.NaN);
    }

    /** Returns an age in seconds. If a store cannot be listed, a backup that is known in another one counts. */
    double ageOfNewestBackup(String environment) {
        List<Optional<List<BackupSummary>>> listings =
                backups.values().stream().map(BackgroundValue::get).toList();
        Optional<Instant> newest = WholeBackups.newestOf(
                listings.stream().flatMap(Optional::stream).flatMap(List::stream), environment);
        return newest.map(this::secondsSince)
                .orElseGet(
                        () -> listings.stream().allMatch(Optional::isPresent) ? Double.POSITIVE_INFINITY : Double.NaN);
    }

    private double secondsSince(Instant time) {
        return Duration.between(time, clock.instant()).toMillis() / 1_000.0;
    }

    @Override
    public void onEvent(OperationEvent event) {
        if (event instanceof OperationEvent.Started || event instanceof OperationEvent.Progressed) {
            return;
        }
        switch (event.operation().kind()) {
            case BACKUP, BACKUP_COPY, PRUNE -> backups.values().forEach(BackgroundValue::changed);
            case BACKFILL -> changed(backfillStatus, event.operation().environment());
            case RESTORE, COPY -> {
                changed(backfillStatus, event.operation().environment());
                changed(status, event.operation().environment());
            }
            case VERIFICATION, SCHEDULED_BACKUP -> {}
        }
    }

    @Override
    public void onEvent(MigrationEvent event) {
        if (event instanceof MigrationEvent.RunFinished
                || event instanceof MigrationEvent.RunFailed
                || event instanceof MigrationEvent.RollbackFinished
                || event instanceof MigrationEvent.RollbackFailed
                || event instanceof MigrationEvent.Amended) {
            changed(status, event.environment());
        }
    }

    private static <T> void changed(Map<String, BackgroundValue<T>> values, @Nullable String environment) {
        BackgroundValue<T> known = environment == null ? null : values.get(environment);
        if (known != null) {
            known.changed();
        }
    }
}
