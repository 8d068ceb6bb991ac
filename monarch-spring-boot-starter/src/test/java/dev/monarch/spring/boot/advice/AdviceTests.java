package dev.monarch.spring.boot.advice;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.monarch.BackupStoreException;
import dev.monarch.Fact;
import dev.monarch.InvalidEnvironmentException;
import dev.monarch.MigrationExhaustedException;
import dev.monarch.MigrationFailedException;
import dev.monarch.MigrationUnresolvedException;
import dev.monarch.MonarchException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.OperationRefusedException;
import dev.monarch.PendingMigrationsException;
import dev.monarch.Reason;
import dev.monarch.RestoreIncompleteException;
import dev.monarch.RollbackFailedException;
import dev.monarch.SwapInterruptedException;
import dev.monarch.TransferFailedException;
import dev.monarch.UnknownBackupException;
import dev.monarch.UnknownBackupStoreException;
import dev.monarch.UnknownEnvironmentException;
import dev.monarch.UnknownMigrationException;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of advice has a row for each reason, and names only existing options, verbs and properties. */
class AdviceTests {

    /** These have no next step, or the store provides it. */
    private static final Set<Reason> WITHOUT_ADVICE = EnumSet.of(Reason.NOTE, Reason.MIGRATION_NEWER);

    /** Options of mongodump and zstd. */
    private static final List<String> OF_OTHER_PROGRAMS = List.of("--archive", "--long");

    /** A failure for each reason whose next step uses fields of the exception. */
    private static final List<MonarchException> WITH_FIELDS = List.of(
            new BackupStoreException("a store", "it is full", "Make room.", null),
            new InvalidEnvironmentException("staging", "monarch.environments.staging.uri", "it is missing"),
            new MigrationExhaustedException("staging", "1-dogs", 10, "no dogs here"),
            new MigrationFailedException("staging", "1-dogs", 1, new IllegalStateException("no dogs here")),
            new MigrationUnresolvedException("staging", "1-dogs", "was started and not ended"),
            new RestoreIncompleteException(
                    "a.archive",
                    List.of("shop"),
                    "orders",
                    List.of(),
                    new TransferFailedException("restore into", "orders", "a failure", List.of(), null)),
            new PendingMigrationsException(
                    "staging", List.of("1-dogs"), Reason.MIGRATIONS_PENDING, "it only validates"),
            new RollbackFailedException("staging", "1-dogs", new IllegalStateException("no way back")),
            new SwapInterruptedException("staging", 1, 2, null),
            new UnknownBackupException("nightly", "a store", List.of()),
            new UnknownBackupStoreException("tape", List.of("local")),
            new UnknownEnvironmentException("stagign", List.of("staging")),
            new UnknownMigrationException("staging", "1-dog", List.of()));

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonHasARow(Reason reason) {
        assertThat(AdviceTable.row(reason).exitCode()).isNotNull();
        if (!WITHOUT_ADVICE.contains(reason)) {
            assertThat(nextStep(reason)).matches("(?s).+[.?]");
        }
    }

    @Test
    void everyOptionExists() throws IOException {
        String guide = Files.readString(Path.of("../docs/commands.md"));
        assertThat(found("--[a-z][a-z-]*").filter(option -> !OF_OTHER_PROGRAMS.contains(option)))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(guide).containsPattern("(?m)^ .*" + option + "\\b"));
    }

    @Test
    void everyVerbExists() throws IOException {
        String guide = Files.readString(Path.of("../docs/commands.md"));
        assertThat(found("(?<='monarch )[a-z-]+"))
                .isNotEmpty()
                .allSatisfy(verb -> assertThat(guide).contains("Usage: monarch " + verb + " "));
    }

    @Test
    void everyPropertyExists() throws IOException {
        String metadata = metadata();
        assertThat(found("(?<!\\w)monarch\\.[a-z0-9-]+(\\.[a-z0-9-]+)*")
                        .filter(property -> !property.startsWith("monarch.environments")))
                .isNotEmpty()
                .allSatisfy(property -> assertThat(metadata).contains("\"name\": \"" + property + "\""));
    }

    @Test
    void aNextStepOfSeveralReasonsAppearsOnce() {
        OperationRefusedException refused = new OperationRefusedException(
                "copy into",
                "staging",
                List.of(
                        new Fact(Reason.MISSING_PRIVILEGE, "this user lacks the privilege find"),
                        new Fact(Reason.MISSING_PRIVILEGE, "this user lacks the privilege insert")));

        assertThat(Advice.of(refused).line())
                .isEqualTo(
                        "Refused to copy into 'staging': this user lacks the privilege find; this user lacks the privilege insert. Nothing has"
                                + " been changed. Grant the role or the privileges.");
    }

    @Test
    void aRestoreThatChangedNothingHasTheExitCodeOfItsCause() {
        OperationRefusedException cause =
                new OperationRefusedException("restore into", "orders", Reason.NOT_CONFIRMED, "it was not confirmed");

        assertThat(Advice.of(new RestoreIncompleteException("a", List.of(), "orders", List.of(), cause))
                        .exitCode())
                .isEqualTo(ExitCode.REFUSED);
        assertThat(Advice.of(new RestoreIncompleteException("a", List.of("shop"), "orders", List.of(), cause))
                        .exitCode())
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void anInterruptedRestoreIsInterruptedWhateverWasRestored() {
        OperationInterruptedException cause = new OperationInterruptedException("restore into", "orders", null);

        assertThat(Advice.of(new RestoreIncompleteException("a", List.of("shop"), "orders", List.of(), cause))
                        .exitCode())
                .isEqualTo(ExitCode.INTERRUPTED);
    }

    @Test
    void exitCodesDoNotChange() {
        assertThat(exitCodes(ExitCode.WRONG_USE))
                .containsExactly(
                        Reason.INVALID_REQUEST,
                        Reason.UNKNOWN_BACKUP,
                        Reason.UNKNOWN_BACKUP_STORE,
                        Reason.UNKNOWN_ENVIRONMENT,
                        Reason.UNKNOWN_MIGRATION);
        assertThat(exitCodes(ExitCode.PENDING))
                .containsExactly(Reason.MIGRATIONS_PENDING, Reason.MIGRATIONS_PENDING_ELSEWHERE);
        assertThat(exitCodes(ExitCode.LOCKED)).containsExactly(Reason.LOCK_HELD, Reason.DISCONNECTED_CLIENT_AT_WORK);
        assertThat(exitCodes(ExitCode.INTERRUPTED)).containsExactly(Reason.INTERRUPTED);
        assertThat(exitCodes(ExitCode.REMARKS)).isEmpty();
    }

    private static List<Reason> exitCodes(ExitCode code) {
        return Stream.of(Reason.values())
                .filter(reason -> AdviceTable.row(reason).exitCode() == code)
                .toList();
    }

    private static String nextStep(Reason reason) {
        return WITH_FIELDS.stream()
                .filter(failure -> failure.reason() == reason)
                .findFirst()
                .map(failure -> Advice.of(failure).nextStep())
                .orElseGet(() -> AdviceTable.row(reason).nextStep("staging"));
    }

    private static Stream<String> found(String pattern) {
        String all = Stream.of(Reason.values()).map(AdviceTests::nextStep).collect(Collectors.joining("\n"));
        return Pattern.compile(pattern)
                .matcher(all)
                .results()
                .map(MatchResult::group)
                .distinct();
    }

    private static String metadata() throws IOException {
        try (InputStream stream = Objects.requireNonNull(
                ExitCode.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
