package dev.monarch.backup.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.retention.Retention.RetentionInterval;
import dev.monarch.backup.retention.RetentionPlan.RetentionDecision;
import dev.monarch.backup.retention.RetentionPlan.RetentionDecision.Verdict;

/**
 * Decides which backups of an environment to keep.
 *
 * <p>Each series is decided separately: a newer partial backup does not replace a full backup, or a backup of another
 * part.
 */
final class RetentionRules {

    private static final Comparator<BackupSummary> NEWEST_FIRST = Comparator.comparing(BackupSummary::created)
            .thenComparing(BackupSummary::name)
            .reversed();

    private final Retention retention;

    private final Instant now;

    private final Map<BackupSummary, List<String>> reasons = new LinkedHashMap<>();

    private final List<BackupSummary> newest = new ArrayList<>();

    RetentionRules(Retention retention, Instant now) {
        this.retention = retention;
        this.now = now;
    }

    List<RetentionDecision> of(List<BackupSummary> backups) {
        backups.stream().sorted(NEWEST_FIRST).forEach(backup -> reasons.put(backup, new ArrayList<>()));
        reasons.keySet().stream()
                .collect(Collectors.groupingBy(BackupSummary::series))
                .values()
                .forEach(this::decide);
        return decisions();
    }

    private void decide(List<BackupSummary> series) {
        // If a wrong clock dated a backup in the future, the latest one before now is kept as well.
        BackupSummary latest = series.stream()
                .filter(backup -> !backup.created().isAfter(now))
                .findFirst()
                .orElse(series.get(series.size() - 1));
        keepAlways(series.get(0));
        keepAlways(latest);
        retention
                .counts()
                .forEach((interval, count) -> keep(series, interval, count, Instant.MIN, interval.word() + " backup"));
        retention
                .spans()
                .forEach((interval, span) -> keep(
                        series,
                        interval,
                        Integer.MAX_VALUE,
                        span.before(latest.created(), retention.zone()),
                        (interval == RetentionInterval.LAST ? "" : interval.word() + " ") + "within " + span));
    }

    private void keepAlways(BackupSummary backup) {
        if (!newest.contains(backup)) {
            newest.add(backup);
            addReason(backup, "newest");
        }
    }

    /** Keeps the newest backup of each period, and the oldest backup if the count is not reached. */
    private void keep(List<BackupSummary> series, RetentionInterval interval, int count, Instant after, String reason) {
        Long last = null;
        int left = count;
        for (int i = 0; i < series.size() && left > 0; i++) {
            BackupSummary backup = series.get(i);
            if (!backup.created().isAfter(after)) {
                return;
            }
            Long period = interval.period(backup.created().atZone(retention.zone()), i);
            boolean another = !period.equals(last);
            if (another || i == series.size() - 1) {
                addReason(backup, another ? reason : "oldest " + reason);
                last = period;
                left--;
            }
        }
    }

    private void addReason(BackupSummary backup, String reason) {
        reasons.computeIfAbsent(backup, key -> new ArrayList<>()).add(reason);
    }

    private List<RetentionDecision> decisions() {
        List<RetentionDecision> decisions = new ArrayList<>();
        long bytes = newest.stream().mapToLong(BackupSummary::storedBytes).sum();
        boolean full = false;
        for (Map.Entry<BackupSummary, List<String>> decided : reasons.entrySet()) {
            BackupSummary backup = decided.getKey();
            List<String> why = decided.getValue();
            if (newest.contains(backup)) {
                decisions.add(new RetentionDecision(backup, Verdict.KEEP, why));
            } else if (retention.hasRules() && why.isEmpty()) {
                decisions.add(new RetentionDecision(backup, Verdict.REMOVE, List.of("no rule keeps it")));
            } else {
                full |= !retention.allows(bytes + backup.storedBytes());
                bytes += full ? 0 : backup.storedBytes();
                decisions.add(full ? overLimit(backup) : kept(backup, why));
            }
        }
        return decisions;
    }

    private static RetentionDecision overLimit(BackupSummary backup) {
        return new RetentionDecision(backup, Verdict.REMOVE, List.of("over the maximum size"));
    }

    private static RetentionDecision kept(BackupSummary backup, List<String> why) {
        return new RetentionDecision(backup, Verdict.KEEP, why.isEmpty() ? List.of("within the maximum size") : why);
    }
}
