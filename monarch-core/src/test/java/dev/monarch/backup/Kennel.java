package dev.monarch.backup;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.kennel.KennelDatabase;
import dev.monarch.masking.Masker.MaskingKey;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySets;
import dev.monarch.transfer.Pace;

/** The environments of a kennel, their data, and services with a store in a directory. */
final class Kennel {

    static final Instant NOW = Instant.parse("2026-11-20T10:30:05Z");

    private final EnvironmentRegistry environments;

    private final BackupStore store;

    private final BackupStores stores;

    private final LockSettings lock;

    private Kennel(EnvironmentRegistry environments, BackupStore store, LockSettings lock) {
        this.environments = environments;
        this.store = store;
        this.stores = new BackupStores(List.of(store), null);
        this.lock = lock;
    }

    static Kennel of(Path folder, MonarchEnvironment... environments) {
        List<MonarchEnvironment> all = List.of(environments);
        return new Kennel(
                new EnvironmentRegistry(() -> all.get(0), all), new LocalBackupStore(folder), KennelDatabase.LOCK);
    }

    /** Keeps backups in another store. */
    static Kennel in(BackupStore store, MonarchEnvironment environment) {
        return new Kennel(new EnvironmentRegistry(() -> environment, List.of(environment)), store, KennelDatabase.LOCK);
    }

    Kennel withLock(LockSettings other) {
        return new Kennel(environments, store, other);
    }

    /** Runs a hook after all data of a backup was read. */
    Kennel withHook(Runnable atTheEnd) {
        return new Kennel(environments, new HookedStore(store, () -> {}, atTheEnd), lock);
    }

    /** Runs a hook during a backup. */
    Kennel withHookInBackup(Runnable inTheMiddle) {
        return new Kennel(environments, new HookedStore(store, inTheMiddle, () -> {}), lock);
    }

    BackupService backups() {
        return new BackupService(
                environments,
                stores,
                new QuerySets(List.of(new MaskedDogs()), null, MaskingKey.of("woof woof woof woof")),
                KennelDatabase.HISTORY,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    BackupService pacedBackups(Pace pace) {
        return new BackupService(
                environments,
                stores,
                new QuerySets(List.of(), null, null),
                KennelDatabase.HISTORY,
                Clock.systemUTC(),
                pace);
    }

    RestoreService restores() {
        return new RestoreService(environments, stores, new Guard(false), lock, KennelDatabase.HISTORY);
    }

    RestoreService restores(QuerySet querySet) {
        return new RestoreService(
                environments,
                stores,
                new Guard(false),
                lock,
                KennelDatabase.HISTORY,
                new QuerySets(List.of(querySet), null, null));
    }

    Manifest backUp(String environment) {
        return backups().backup(BackupRequest.of(environment)).manifest();
    }

    static RestoreRequest request(Manifest backup, String environment) {
        return RestoreRequest.of(BackupSource.stored(backup.name()), environment);
    }
}
