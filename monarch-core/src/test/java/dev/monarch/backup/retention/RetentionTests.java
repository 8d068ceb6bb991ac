package dev.monarch.backup.retention;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.BackupSummary.BackupSeries;
import dev.monarch.backup.retention.Retention.CalendarSpan;
import dev.monarch.backup.retention.Retention.RetentionInterval;
import dev.monarch.backup.retention.RetentionPlan.RetentionDecision;
import dev.monarch.transfer.ReadReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The rules of retention, which follow the semantics of {@code restic forget}. */
class RetentionTests {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** The times of the backups, newest first, and of those that are kept. Without a month, June 2026 is assumed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    last 2                 | 03T10 02T10 01T10             | 03T10 02T10
                    last 9                 | 03T10 02T10 01T10             | 03T10 02T10 01T10
                    daily 2                | 03T20 03T10 02T20 02T10 01T10 | 03T20 02T20
                    daily 2                | 09T10 05T10 01T10             | 09T10 05T10
                    daily 3                | 03T20 03T10 02T20 02T10       | 03T20 02T20 02T10
                    daily 7                | 03T20 03T10                   | 03T20 03T10
                    daily 1                | 03T20 03T10                   | 03T20
                    hourly 2               | 03T10:50 03T10:00 03T09:59    | 03T10:50 03T09:59
                    hourly 1 daily 2       | 03T20 03T19 02T20 02T10 01T10 | 03T20 02T20
                    within 1d              | 03T10 02T11 02T10 01T10       | 03T10 02T11
                    within 2d1h            | 03T10 02T11 01T09:01 01T09    | 03T10 02T11 01T09:01
                    daily-within 2d        | 03T10 02T20 02T11 01T11 01T09 | 03T10 02T20 01T11
                    daily-within 9d        | 03T10 03T09 02T20 02T11       | 03T10 02T20 02T11
                    last 1 within 1d       | 03T10 02T11 01T10             | 03T10 02T11
                    daily 2 zone +02:00    | 03T21:59 02T22:00 02T21:59 01T10 | 03T21:59 02T21:59
                    daily 2                | 03T21:59 02T22:00 02T21:59 01T10 | 03T21:59 02T22:00
                    """)
    void theNewestOfEachIntervalIsKept(String rules, String times, String kept) {
        assertThat(kept(retention(rules), backups(times))).containsExactlyElementsOf(instants(kept));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    yearly 2  | 2026-01-01T00:00 2025-12-31T23:59 2025-01-01T00:00 2024-12-31T23:59 | 2026-01-01T00:00 2025-12-31T23:59
                    monthly 2 | 2026-01-31T00:00 2026-01-01T00:00 2025-12-31T23:59 2025-12-01T00:00 | 2026-01-31T00:00 2025-12-31T23:59
                    monthly 2 | 2026-01-15T00:00 2025-01-20T00:00 2025-01-15T00:00 2024-01-15T00:00 | 2026-01-15T00:00 2025-01-20T00:00
                    weekly 2  | 2027-01-03T12:00 2026-12-28T12:00 2026-12-27T12:00 2026-12-20T12:00 | 2027-01-03T12:00 2026-12-27T12:00
                    weekly 2  | 2026-01-01T12:00 2025-12-29T12:00 2025-12-28T12:00 2025-12-21T12:00 | 2026-01-01T12:00 2025-12-28T12:00
                    within 1m | 2026-03-31T12:00 2026-02-28T12:01 2026-02-28T12:00                  | 2026-03-31T12:00 2026-02-28T12:01
                    within 1y | 2024-02-29T12:00 2023-02-28T12:01 2023-02-28T12:00                  | 2024-02-29T12:00 2023-02-28T12:01
                    """)
    void weeksMonthsAndYearsFollowTheCalendar(String rules, String times, String kept) {
        assertThat(kept(retention(rules), backups(times))).containsExactlyElementsOf(instants(kept));
    }

    @Test
    void aRepeatedHourOfTheClockCountsAsOne() {
        List<BackupSummary> night = backups("2026-10-25T02:30 2026-10-25T01:30 2026-10-25T00:30 2026-10-24T23:30");
        // In Berlin: 03:30, then 02:30 in standard time and in daylight saving time, then 01:30.
        assertThat(kept(retention("hourly 3").in(BERLIN), night))
                .containsExactlyElementsOf(instants("2026-10-25T02:30 2026-10-25T01:30 2026-10-24T23:30"));
        assertThat(kept(retention("hourly 3"), night))
                .containsExactlyElementsOf(instants("2026-10-25T02:30 2026-10-25T01:30 2026-10-25T00:30"));
    }

    @Test
    void aDayOf23HoursCountsAsOne() {
        List<BackupSummary> spring = backups("2026-03-29T21:59 2026-03-28T23:00 2026-03-28T22:59 2026-03-27T12:00");
        assertThat(kept(retention("daily 2").in(BERLIN), spring))
                .containsExactlyElementsOf(instants("2026-03-29T21:59 2026-03-28T22:59"));
        assertThat(kept(
                        retention("within 1d").in(BERLIN),
                        backups("2026-03-29T10:00 2026-03-28T11:01 2026-03-28T10:59")))
                .containsExactlyElementsOf(instants("2026-03-29T10:00 2026-03-28T11:01"));
    }

    @Test
    void eachDecisionHasAReason() {
        Retention retention = retention("last 1 daily 3 yearly 1 within 1d monthly-within 1y");
        assertThat(decide(retention, backups("03T20 03T10 02T21 02T10 01T10 01T09")))
                .extracting(decision -> decision.verdict() + " " + decision.reasons())
                .containsExactly(
                        "KEEP [newest, last backup, daily backup, yearly backup, within 1d, monthly within 1y]",
                        "KEEP [within 1d]",
                        "KEEP [daily backup, within 1d]",
                        "REMOVE [no rule keeps it]",
                        "KEEP [daily backup]",
                        "KEEP [oldest monthly within 1y]");
        assertThat(decide(retention("daily 3"), backups("03T20 02T10 02T09")))
                .extracting(decision -> decision.verdict() + " " + decision.reasons())
                .containsExactly("KEEP [newest, daily backup]", "KEEP [daily backup]", "KEEP [oldest daily backup]");
    }

    @Test
    void theMaximumSizeRemovesTheOldestThatTheRulesKeep() {
        List<BackupSummary> backups = backups("05T10 04T10 03T10 02T10 01T10");
        assertThat(decide(retention("last 4").atMost(250), backups))
                .extracting(decision -> decision.verdict() + " " + decision.reasons())
                .containsExactly(
                        "KEEP [newest, last backup]",
                        "KEEP [last backup]",
                        "REMOVE [over the maximum size]",
                        "REMOVE [over the maximum size]",
                        "REMOVE [no rule keeps it]");
        assertThat(kept(Retention.NONE.atMost(300), backups)).hasSize(3);
        assertThat(kept(Retention.NONE.atMost(1), backups)).containsExactlyElementsOf(instants("05T10"));
    }

    @Test
    void aSmallOldBackupIsRemovedBeforeALargeNewerOne() {
        List<BackupSummary> backups = new ArrayList<>(backups("03T10"));
        backups.add(backup("large", instants("02T10").get(0), 1_000));
        backups.add(backup("small", instants("01T10").get(0), 1));
        assertThat(kept(Retention.NONE.atMost(500), backups)).containsExactlyElementsOf(instants("03T10"));
    }

    @Test
    void eachSeriesIsEvaluatedSeparately() {
        BackupSeries whole = new BackupSeries("kennel", "nightly", "");
        BackupSeries accounts = new BackupSeries("kennel", "nightly", "query set Accounts");
        BackupSeries orders = new BackupSeries("kennel", "nightly", "query set Orders");
        BackupSeries hourly = new BackupSeries("kennel", "hourly", "");
        BackupSeries elsewhere = new BackupSeries("stable", "nightly", "");
        List<BackupSummary> backups = List.of(
                backup("orders", instants("04T12").get(0), 1, orders),
                backup("accounts", instants("03T12").get(0), 1, accounts),
                backup("older orders", instants("03T10").get(0), 1, orders),
                backup("older accounts", instants("02T12").get(0), 1, accounts),
                backup("hourly", instants("02T11").get(0), 1, hourly),
                backup("whole", instants("02T10").get(0), 1, whole),
                backup("older whole", instants("01T20").get(0), 1, whole),
                backup("elsewhere", instants("01T10").get(0), 1, elsewhere));
        assertThat(decide(retention("last 1"), backups))
                .filteredOn(RetentionDecision::isKept)
                .extracting(decision -> decision.backup().name())
                .containsExactly("orders", "accounts", "hourly", "whole", "elsewhere");
    }

    @Test
    void aBackupFromTheFutureDoesNotReplaceTheNewestOne() {
        List<BackupSummary> backups = backups("2099-01-01T00:00 03T10 02T10 01T10");
        assertThat(kept(retention("last 1"), backups)).containsExactlyElementsOf(instants("2099-01-01T00:00 03T10"));
        assertThat(kept(retention("within 1d1h"), backups))
                .containsExactlyElementsOf(instants("2099-01-01T00:00 03T10 02T10"));
        assertThat(kept(Retention.NONE.atMost(1), backups))
                .containsExactlyElementsOf(instants("2099-01-01T00:00 03T10"));
    }

    @Test
    void theLaterNameOfTwoBackupsOfOneSecondIsNewer() {
        Instant at = instants("01T10").get(0);
        List<BackupSummary> backups = List.of(backup("nightly", at, 1), backup("nightly_2", at, 1));
        assertThat(decide(retention("last 1"), backups))
                .filteredOn(RetentionDecision::isKept)
                .extracting(decision -> decision.backup().name())
                .containsExactly("nightly_2");
    }

    @ParameterizedTest
    @CsvSource({"7d,7d", "1y5m7d2h,1y5m7d2h", "24h,24h", "' 2m ',2m"})
    void aSpanIsWrittenLikeInRestic(String text, String shown) {
        assertThat(CalendarSpan.of(text)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "d", "0d", "-1d", "7d1y", "1w", "P7D", "99999999999h"})
    void anInvalidSpanIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CalendarSpan.of(text));
    }

    @Test
    void invalidRulesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Retention.NONE.keep(RetentionInterval.DAILY, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Retention.NONE.atMost(0));
        assertThat(Retention.NONE.keep(RetentionInterval.DAILY, 0).isEmpty()).isTrue();
        assertThat(Retention.NONE.atMost(1).isEmpty()).isFalse();
    }

    static List<Instant> kept(Retention retention, List<BackupSummary> backups) {
        return decide(retention, backups).stream()
                .filter(RetentionDecision::isKept)
                .map(decision -> decision.backup().created())
                .toList();
    }

    static List<RetentionDecision> decide(Retention retention, List<BackupSummary> backups) {
        List<BackupSummary> inNoOrder = new ArrayList<>(backups);
        Collections.reverse(inNoOrder);
        return new RetentionRules(retention, NOW).of(inNoOrder);
    }

    /** For example {@code last 2 daily 7 within 1y monthly-within 5y zone +02:00}. */
    private static Retention retention(String rules) {
        String[] words = rules.split(" +");
        Retention retention = Retention.NONE;
        for (int i = 0; i < words.length; i += 2) {
            String rule = words[i];
            String value = words[i + 1];
            if (rule.equals("zone")) {
                retention = retention.in(ZoneId.of(value));
            } else if (rule.equals("within")) {
                retention = retention.within(CalendarSpan.of(value));
            } else if (rule.endsWith("-within")) {
                retention = retention.within(interval(rule.replace("-within", "")), CalendarSpan.of(value));
            } else {
                retention = retention.keep(interval(rule), Integer.parseInt(value));
            }
        }
        return retention;
    }

    private static RetentionInterval interval(String word) {
        return RetentionInterval.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static List<BackupSummary> backups(String times) {
        return instants(times).stream().map(at -> backup("b", at, 100)).toList();
    }

    private static List<Instant> instants(String times) {
        return Arrays.stream(times.strip().split(" +"))
                .map(RetentionTests::instant)
                .toList();
    }

    private static Instant instant(String text) {
        String whole = text.matches("\\d\\dT.*") ? "2026-06-" + text : text;
        return LocalDateTime.parse(whole.contains(":") ? whole : whole + ":00").toInstant(ZoneOffset.UTC);
    }

    static BackupSummary backup(String name, Instant created, long bytes) {
        return backup(name, created, bytes, new BackupSeries("kennel", "nightly", ""));
    }

    static BackupSummary backup(String name, Instant created, long bytes, BackupSeries series) {
        return new BackupSummary(
                name,
                "local",
                "production",
                series.database(),
                created,
                1,
                1,
                bytes,
                bytes,
                "zstd",
                ReadReport.AchievedConsistency.SNAPSHOT,
                !series.part().isEmpty(),
                series,
                null);
    }
}
