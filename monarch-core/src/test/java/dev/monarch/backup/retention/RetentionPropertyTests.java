package dev.monarch.backup.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.BackupSummary.BackupSeries;
import dev.monarch.backup.retention.Retention.CalendarSpan;
import dev.monarch.backup.retention.Retention.RetentionInterval;
import dev.monarch.backup.retention.RetentionPlan.RetentionDecision;

import static org.assertj.core.api.Assertions.assertThat;

/** Properties of every retention and every list of backups. Prints the seed. */
class RetentionPropertyTests {

    private static final long SEED = new Random().nextLong();

    private static final Random RANDOM = new Random(SEED);

    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneId.of("Pacific/Chatham"), ZoneId.of("America/New_York"));

    private static final BackupSeries WHOLE = new BackupSeries("kennel", "nightly", "");

    private static final BackupSeries PART = new BackupSeries("kennel", "nightly", "query set Dogs");

    @BeforeAll
    static void printSeed() {
        System.out.println("RetentionPropertyTests: seed " + SEED);
    }

    @RepeatedTest(200)
    void theNewestFullAndTheNewestPartialBackupAreKept() {
        List<BackupSummary> backups = backups();
        List<BackupSummary> kept = kept(retention(), backups);
        for (boolean partial : new boolean[] {true, false}) {
            backups.stream()
                    .filter(backup -> backup.partial() == partial)
                    .max(Comparator.comparing(BackupSummary::created).thenComparing(BackupSummary::name))
                    .ifPresent(newest -> assertThat(kept).contains(newest));
        }
    }

    @RepeatedTest(200)
    void aSecondRunRemovesNothing() {
        Retention retention = retention();
        List<BackupSummary> kept = kept(retention, backups());
        assertThat(kept(retention, kept)).isEqualTo(kept);
    }

    @RepeatedTest(200)
    void largerCountsRemoveNoMoreBackups() {
        Retention retention = withoutSize(retention());
        List<BackupSummary> backups = backups();
        RetentionInterval interval = any();
        int count = retention.counts().getOrDefault(interval, 0);
        Retention more = retention.keep(interval, count + 1 + RANDOM.nextInt(5));
        assertThat(kept(more, backups)).containsAll(kept(retention, backups));
        assertThat(kept(retention.within(RetentionInterval.LAST, new CalendarSpan(5, 0, 0, 0)), backups))
                .containsAll(kept(retention, backups));
    }

    @RepeatedTest(200)
    void aLargerSizeRemovesNoMoreBackups() {
        Retention retention = retention();
        List<BackupSummary> backups = backups();
        long bytes = 1 + RANDOM.nextInt(5_000);
        assertThat(kept(retention.atMost(bytes + RANDOM.nextInt(5_000)), backups))
                .containsAll(kept(retention.atMost(bytes), backups));
    }

    @RepeatedTest(200)
    void aCountIsNeverExceeded() {
        RetentionInterval interval = any();
        int count = 1 + RANDOM.nextInt(8);
        List<BackupSummary> whole =
                backups().stream().filter(backup -> !backup.partial()).toList();
        assertThat(kept(Retention.NONE.keep(interval, count), whole)).hasSizeLessThanOrEqualTo(count);
    }

    @RepeatedTest(200)
    void everyDecisionHasAReason() {
        List<BackupSummary> backups = backups();
        assertThat(RetentionTests.decide(retention(), backups))
                .hasSameSizeAs(backups)
                .allSatisfy(decision -> assertThat(decision.reasons()).isNotEmpty());
    }

    private static List<BackupSummary> kept(Retention retention, List<BackupSummary> backups) {
        return RetentionTests.decide(retention, backups).stream()
                .filter(RetentionDecision::isKept)
                .map(RetentionDecision::backup)
                .toList();
    }

    /** Up to 60 of them, hours to months apart. */
    private static List<BackupSummary> backups() {
        Instant first = Instant.parse("2024-01-01T00:00:00Z");
        long span = Duration.ofDays(1L << RANDOM.nextInt(11)).toSeconds();
        List<BackupSummary> backups = new ArrayList<>();
        LongStream.generate(() -> (long) (RANDOM.nextDouble() * span))
                .limit(1 + RANDOM.nextInt(60))
                .forEach(seconds -> backups.add(RetentionTests.backup(
                        "b" + backups.size(),
                        first.plusSeconds(seconds),
                        1 + RANDOM.nextInt(500),
                        RANDOM.nextInt(4) == 0 ? PART : WHOLE)));
        return backups;
    }

    private static Retention retention() {
        Retention retention = Retention.NONE.in(ZONES.get(RANDOM.nextInt(ZONES.size())));
        do {
            if (RANDOM.nextInt(4) > 0) {
                retention = retention.keep(any(), RANDOM.nextInt(12));
            } else {
                retention = retention.within(
                        any(), new CalendarSpan(RANDOM.nextInt(2), RANDOM.nextInt(6), RANDOM.nextInt(30), 1));
            }
        } while (retention.isEmpty() || RANDOM.nextInt(3) > 0);
        return RANDOM.nextInt(4) == 0 ? retention.atMost(1 + RANDOM.nextInt(10_000)) : retention;
    }

    private static Retention withoutSize(Retention retention) {
        return new Retention(retention.counts(), retention.spans(), null, retention.zone());
    }

    private static RetentionInterval any() {
        return RetentionInterval.values()[RANDOM.nextInt(RetentionInterval.values().length)];
    }
}
