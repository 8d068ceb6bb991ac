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
 * Takes a backup before migrations run, and says how to restore it when one fails.
 *
 * <p>A backup that fails forbids the run. Nothing is restored by itself: that would throw away what others wrote meanwhile.
 */
final class BackupFirst implements MigrationHook, Ordered {

    private static final Logger log = LoggerFactory.getLogger(BackupFirst.class);

    private final ObjectProvider<BackupService> backups;

    /** By environment: one run at a time holds its lock. */
    private final Map<String, String> taken = new ConcurrentHashMap<>();

    BackupFirst(ObjectProvider<BackupService> backups) {
        this.backups = backups;
    }

    @Override
    public void beforeRun(RunPlan plan) {
        taken.remove(plan.environment());
        if (plan instanceof MigrationPlan) {
            // The first migrations of an application find a database that is empty.
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
                    "To have '{}' as it was before this run, without what others have written since: 'monarch restore"
                            + " {}:{}'",
                    plan.environment(),
                    backup,
                    plan.environment());
        }
    }

    /** Before all other hooks: what they do is not in the backup. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
