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
 * Judges the backups of one environment.
 *
 * <p>Those of different series are judged apart: a part of this noon does not stand for the whole of this morning, nor for
 * another part.
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
                .forEach(this::judge);
        return decisions();
    }

    private void judge(List<BackupSummary> alike) {
        // A clock that was wrong once must not make the one of the future the only one that is safe.
        BackupSummary latest = alike.stream()
                .filter(backup -> !backup.created().isAfter(now))
                .findFirst()
                .orElse(alike.get(alike.size() - 1));
        keepAlways(alike.get(0));
        keepAlways(latest);
        retention
                .counts()
                .forEach((interval, count) -> keep(alike, interval, count, Instant.MIN, interval.word() + " backup"));
        retention
                .spans()
                .forEach((interval, span) -> keep(
                        alike,
                        interval,
                        Integer.MAX_VALUE,
                        span.before(latest.created(), retention.zone()),
                        (interval == RetentionInterval.LAST ? "" : interval.word() + " ") + "within " + span));
    }

    private void keepAlways(BackupSummary backup) {
        if (!newest.contains(backup)) {
            newest.add(backup);
            because(backup, "newest");
        }
    }

    /** Keeps the newest of each stretch, and the oldest of all if there is room for more. */
    private void keep(List<BackupSummary> alike, RetentionInterval interval, int count, Instant after, String reason) {
        Long last = null;
        int left = count;
        for (int i = 0; i < alike.size() && left > 0; i++) {
            BackupSummary backup = alike.get(i);
            if (!backup.created().isAfter(after)) {
                return;
            }
            Long stretch = interval.stretch(backup.created().atZone(retention.zone()), i);
            boolean another = !stretch.equals(last);
            if (another || i == alike.size() - 1) {
                because(backup, another ? reason : "oldest " + reason);
                last = stretch;
                left--;
            }
        }
    }

    private void because(BackupSummary backup, String reason) {
        reasons.computeIfAbsent(backup, key -> new ArrayList<>()).add(reason);
    }

    private List<RetentionDecision> decisions() {
        List<RetentionDecision> decisions = new ArrayList<>();
        long bytes = newest.stream().mapToLong(BackupSummary::storedBytes).sum();
        boolean full = false;
        for (Map.Entry<BackupSummary, List<String>> judged : reasons.entrySet()) {
            BackupSummary backup = judged.getKey();
            List<String> why = judged.getValue();
            if (newest.contains(backup)) {
                decisions.add(new RetentionDecision(backup, Verdict.KEEP, why));
            } else if (retention.hasRules() && why.isEmpty()) {
                decisions.add(new RetentionDecision(backup, Verdict.REMOVE, List.of("no rule keeps it")));
            } else {
                full |= !retention.allows(bytes + backup.storedBytes());
                bytes += full ? 0 : backup.storedBytes();
                decisions.add(full ? tooMuch(backup) : kept(backup, why));
            }
        }
        return decisions;
    }

    private static RetentionDecision tooMuch(BackupSummary backup) {
        return new RetentionDecision(backup, Verdict.REMOVE, List.of("over the maximum size"));
    }

    private static RetentionDecision kept(BackupSummary backup, List<String> why) {
        return new RetentionDecision(backup, Verdict.KEEP, why.isEmpty() ? List.of("within the maximum size") : why);
    }
}
