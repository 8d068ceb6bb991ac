package dev.monarch.spring.boot.status;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

import dev.monarch.backup.BackupSummary;

/** Finds backups from which a whole environment can be restored. */
public final class WholeBackups {

    private WholeBackups() {}

    /**
     * Returns when the newest backup of a whole environment started.
     *
     * @param backups complete backups of any environment
     * @param environment the name of the environment
     * @return the time; empty if there is no such backup
     */
    public static Optional<Instant> newestOf(Stream<BackupSummary> backups, String environment) {
        return backups.filter(
                        backup -> !backup.partial() && backup.environment().equals(environment))
                .map(BackupSummary::created)
                .max(Comparator.naturalOrder());
    }
}
