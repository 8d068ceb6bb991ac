package dev.monarch.spring.boot.autoconfigure;

import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.support.CronExpression;
import picocli.CommandLine.ParseResult;

import dev.monarch.BackupStoreException;
import dev.monarch.backup.schedule.BackupSchedule;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.spring.boot.command.MonarchLine;
import dev.monarch.transfer.Pace;

import static org.assertj.core.api.Assertions.assertThat;

/** The advice in the log after a schedule could not take its backup. */
class MissedBackupTests {

    @Test
    void theFailuresOwnNextStepComesBeforeTheCommand() {
        BackupStoreException full = new BackupStoreException("a store", "it is full", "Make room.", null);

        assertThat(new MissedBackup(schedule(null, null, null), full).nextStep())
                .isEqualTo("Make room. 'monarch backup staging' takes the backup now.");
    }

    @Test
    void anUnexpectedFailureHasTheCommandOnly() {
        assertThat(new MissedBackup(schedule(null, null, null), new IllegalStateException("no dogs")).nextStep())
                .isEqualTo("'monarch backup staging' takes the backup now.");
    }

    @Test
    void theCommandIsARealOneAndTakesWhatTheScheduleTakesWithoutItsSecrets() {
        QuerySetRequest part = QuerySetRequest.of("kennel-part").with("city", "secret-city");

        String nextStep =
                new MissedBackup(schedule("nightly", "s3", part), new IllegalStateException("no dogs")).nextStep();

        assertThat(nextStep).doesNotContain("secret-city");
        ParseResult backup = parsed(nextStep);
        assertThat(backup.commandSpec().name()).isEqualTo("backup");
        assertThat(backup.matchedPositionalValue(0, "")).isEqualTo("staging");
        assertThat(backup.matchedOptionValue("--name", "")).isEqualTo("nightly");
        assertThat(backup.matchedOptionValue("--store", "")).isEqualTo("s3");
        assertThat(backup.matchedOptionValue("--query-set", "")).isEqualTo("kennel-part");
        assertThat(backup.matchedOptionValue("--parameter", List.of())).isEqualTo(List.of("city=VALUE"));
    }

    private static ParseResult parsed(String nextStep) {
        Matcher command = Pattern.compile("'monarch ([^']+)'").matcher(nextStep);
        assertThat(command.find()).isTrue();
        return MonarchLine.get().parseArgs(command.group(1).split(" ")).subcommand();
    }

    private static BackupSchedule schedule(
            @Nullable String name, @Nullable String store, @Nullable QuerySetRequest querySet) {
        CronTimes times = new CronTimes(CronExpression.parse("0 0 2 * * *"), ZoneOffset.UTC);
        return new BackupSchedule(
                "staging: nightly", times, "staging", name, store, querySet, Pace.GENTLE, false, null);
    }
}
