package dev.monarch.backup.schedule;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.backup.Manifest;
import dev.monarch.backup.retention.Retention;
import dev.monarch.backup.retention.RetentionService;
import dev.monarch.backup.schedule.BackupSchedule.ScheduleTimes;
import dev.monarch.backup.schedule.ScheduledBackups.ScheduledBackup;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.EnvironmentRegistry.OperationEvent;
import dev.monarch.environment.EnvironmentRegistry.OperationListener;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySetContext;
import dev.monarch.queryset.QuerySets;
import dev.monarch.test.TestMongo;
import dev.monarch.transfer.Pace;

/** A night with a backup due at every full hour. Tests move its clock. */
final class Night extends Clock {

    static final LockSettings LOCK = new LockSettings(
            Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMillis(500));

    static final ScheduleTimes HOURS = new ScheduleTimes() {

        @Override
        public Instant latest(Instant now) {
            return now.truncatedTo(ChronoUnit.HOURS);
        }

        @Override
        public Instant next(Instant now) {
            return latest(now).plus(1, ChronoUnit.HOURS);
        }
    };

    /** Selects only an empty collection of dogs. */
    private static final class NoDogs implements QuerySet {

        @Override
        public void run(QuerySetContext context) {
            context.dump("dogs", Filters.eq("name", "nobody"));
        }
    }

    private final TestMongo mongo;

    private final LocalBackupStore store;

    private final List<OperationEvent> events = Collections.synchronizedList(new ArrayList<>());

    private volatile OperationListener listener = OperationListener.NONE;

    private volatile Consumer<String> beforeReading = name -> {};

    private volatile Instant now = Instant.parse("2026-11-20T01:30:00Z");

    Night(TestMongo mongo, Path folder) {
        this.mongo = mongo;
        this.store = new LocalBackupStore(folder);
        mongo.database().getCollection("dogs").insertOne(new Document("name", "Rex"));
    }

    void at(String time) {
        now = Instant.parse("2026-11-20T" + time + ":00Z");
    }

    /** Runs a hook before a backup is read. */
    void beforeReading(Consumer<String> action) {
        beforeReading = action;
    }

    MonarchEnvironment environment() {
        return MonarchEnvironment.using("kennel", Protection.OFF, mongo.client(), mongo.databaseName());
    }

    /** An instance with the correct time. */
    ScheduledBackup instance() {
        return instance(Duration.ZERO, () -> {}, LOCK, schedule(false, null));
    }

    /** An instance that runs a hook when a backup starts. */
    ScheduledBackup instance(Runnable atTheBeginning) {
        return instance(Duration.ZERO, atTheBeginning, LOCK, schedule(false, null));
    }

    ScheduledBackup instance(Duration fast, Runnable atTheBeginning, LockSettings lock, BackupSchedule schedule) {
        Clock clock = Clock.offset(this, fast);
        EnvironmentRegistry environments = new EnvironmentRegistry(this::environment, List.of(), this::hear);
        BackupStores stores = new BackupStores(
                List.of(new WatchedStore(store, atTheBeginning, name -> beforeReading.accept(name))), null);
        return new ScheduledBackups(
                        environments,
                        stores,
                        new BackupService(
                                environments,
                                stores,
                                new QuerySets(List.of(new NoDogs()), null, null),
                                "monarch.history",
                                clock),
                        new RetentionService(environments, stores, lock, clock),
                        lock,
                        clock)
                .follow(schedule);
    }

    private void hear(OperationEvent event) {
        if (!(event instanceof OperationEvent.Progressed)) {
            events.add(event);
        }
        listener.onEvent(event);
    }

    /** Has someone else listen, too. */
    void listening(OperationListener other) {
        listener = other;
    }

    /** The events of all instances so far, which are forgotten: {@code Failed BACKUP TransferFailedException}. */
    List<String> events() {
        List<String> heard = events.stream().map(Night::text).toList();
        events.clear();
        return heard;
    }

    private static String text(OperationEvent event) {
        return event.getClass().getSimpleName() + " " + event.operation().kind()
                + (event instanceof OperationEvent.Failed failed
                        ? " " + failed.error().getClass().getSimpleName()
                        : "");
    }

    static BackupSchedule schedule(boolean verifyAfter, @Nullable Retention pruneAfter) {
        return new BackupSchedule("hourly", HOURS, "kennel", null, null, null, Pace.FULL, verifyAfter, pruneAfter);
    }

    Manifest newest() {
        return store.find(store.list().get(0).name());
    }

    /** The times of the existing backups, the oldest first: {@code 02:00}. */
    List<String> backups() {
        return store.list().stream()
                .map(BackupSummary::created)
                .sorted()
                .map(created -> created.toString().substring(11, 16))
                .toList();
    }

    LocalBackupStore store() {
        return store;
    }

    /** The entry of the schedule in the environment. */
    Document entry() {
        Document entry =
                mongo.database().getCollection("monarch.schedules").find().first();
        return entry != null ? entry : new Document();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
