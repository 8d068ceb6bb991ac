package dev.monarch.spring.boot.test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.springframework.beans.factory.DisposableBean;

import dev.monarch.backup.BackupSource;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.RestoreRequest;
import dev.monarch.backup.RestoreService;
import dev.monarch.copy.CopyRequest;
import dev.monarch.copy.CopyService;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;

/**
 * Fills a test's database from datasets. Each dataset is loaded once, into a database that the contexts of a JVM share.
 *
 * <p>Copies are whole databases on one server: they read and write like every copy of Monarch.
 */
final class Datasets implements DisposableBean {

    private static final String TEST = "test";

    private static final String DATASET = "dataset";

    private static final String WHOLE = "whole-backup";

    private final TestDatabase test;

    private final EnvironmentRegistry environments;

    private final BackupStores stores;

    private final QuerySets querySets;

    private final String history;

    private final Set<DatasetKey> used = new HashSet<>();

    Datasets(
            TestDatabase test,
            EnvironmentRegistry environments,
            BackupStores stores,
            QuerySets querySets,
            String history) {
        this.test = test;
        this.environments = environments;
        this.stores = stores;
        this.querySets = querySets;
        this.history = history;
    }

    /** Replaces what the test's database holds by a copy of the dataset. */
    void load(DatasetFrom dataset) {
        require(dataset);
        DatasetKey key = DatasetKey.of(dataset, test.environment(TEST).address());
        TestDatabase loaded = SharedDatasets.get(key, used.add(key), () -> loaded(dataset));
        test.clear();
        copy(CopyRequest.of(DATASET, TEST), loaded.environment(DATASET), test.environment(TEST));
    }

    private static void require(DatasetFrom dataset) {
        boolean backup = !dataset.backup().isEmpty();
        boolean environment = !dataset.environment().isEmpty();
        if (backup == environment || environment && dataset.querySet().isEmpty()) {
            throw new IllegalArgumentException(
                    "@DatasetFrom needs either a backup, or a query set and the environment from which it copies");
        }
    }

    private TestDatabase loaded(DatasetFrom dataset) {
        return filled(database -> {
            if (dataset.querySet().isEmpty()) {
                restore(dataset, database.environment(DATASET));
            } else if (dataset.backup().isEmpty()) {
                copy(
                        CopyRequest.of(dataset.environment(), DATASET)
                                .withQuerySet(QuerySetRequest.of(dataset.querySet())),
                        environments.get(dataset.environment()),
                        database.environment(DATASET));
            } else {
                selectFromBackup(dataset, database.environment(DATASET));
            }
            return database;
        });
    }

    /** The whole backup is on the server only as long as the query set reads it. */
    private void selectFromBackup(DatasetFrom dataset, MonarchEnvironment target) {
        TestDatabase whole = filled(database -> {
            restore(dataset, database.environment(WHOLE));
            return database;
        });
        try {
            copy(
                    CopyRequest.of(WHOLE, DATASET).withQuerySet(QuerySetRequest.of(dataset.querySet())),
                    whole.environment(WHOLE),
                    target);
        } finally {
            whole.destroy();
        }
    }

    private TestDatabase filled(Function<TestDatabase, TestDatabase> filling) {
        TestDatabase database = new TestDatabase(test.client(), "monarch_dataset_");
        try {
            return filling.apply(database);
        } catch (RuntimeException | Error e) {
            database.destroy();
            throw e;
        }
    }

    private void restore(DatasetFrom dataset, MonarchEnvironment target) {
        String store = dataset.store().isEmpty() ? null : dataset.store();
        new RestoreService(registry(target), stores, new Guard(true), LockSettings.DEFAULT, history)
                .restore(
                        RestoreRequest.of(BackupSource.of(dataset.backup(), store), target.name()),
                        Approval.naming(target.name()));
    }

    private void copy(CopyRequest request, MonarchEnvironment source, MonarchEnvironment target) {
        new CopyService(registry(target, source), querySets, new Guard(true), LockSettings.DEFAULT, history)
                .copy(request, Approval.naming(target.name()));
    }

    private static EnvironmentRegistry registry(MonarchEnvironment own, MonarchEnvironment... others) {
        return new EnvironmentRegistry(() -> own, List.of(others));
    }

    @Override
    public void destroy() {
        used.forEach(SharedDatasets::release);
    }
}
