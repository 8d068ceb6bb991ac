package dev.monarch.spring.boot.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;

import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.migration.MigrationHook;
import dev.monarch.migration.MigrationHook.RunPlan;
import dev.monarch.migration.MigrationPlan;

/**
 * Takes a backup before migrations run, and logs how to restore it if one fails.
 *
 * <p>If the backup fails, the run does not start. Nothing is restored automatically, because that would remove what
 * other clients have written meanwhile.
 */
final class BackupFirst implements MigrationHook, Ordered {

    private static final Logger log = LoggerFactory.getLogger(BackupFirst.class);

    private final ObjectProvider<BackupService> backups;

    /** By environment: one run at a time holds the lock of an environment. */
    private final Map<String, String> taken = new ConcurrentHashMap<>();

    BackupFirst(ObjectProvider<BackupService> backups) {
        this.backups = backups;
    }

    @Override
    public void beforeRun(RunPlan plan) {
        taken.remove(plan.environment());
        if (plan instanceof MigrationPlan) {
            // Before the first migrations of an application, its database is empty.
            BackupRequest request = BackupRequest.of(plan.environment())
                    .named(plan.environment() + "-before-migration")
                    .allowingEmpty();
            taken.put(plan.environment(), backups.getObject().backup(request).name());
        }
    }

    @Override
    public @Nullable String backup(RunPlan plan) {
        return taken.get(plan.environment());
    }

    @Override
    public void afterRun(RunPlan plan, @Nullable Throwable failure) {
        String backup = taken.remove(plan.environment());
        if (failure != null && backup != null) {
            log.error(
                    "To restore '{}' to its state before this run, which loses all later writes: 'monarch restore"
                            + " {}:{}'",
                    plan.environment(),
                    backup,
                    plan.environment());
        }
    }

    /** Runs before all other hooks, so that their changes are not in the backup. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
