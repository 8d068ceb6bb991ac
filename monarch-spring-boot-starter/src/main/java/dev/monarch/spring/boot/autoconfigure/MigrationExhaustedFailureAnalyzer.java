package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.MigrationExhaustedException;

/** Explains an {@link MigrationExhaustedException} that ended a start. */
final class MigrationExhaustedFailureAnalyzer extends AbstractFailureAnalyzer<MigrationExhaustedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MigrationExhaustedException cause) {
        return new FailureAnalysis(
                "Migration '" + cause.id() + "' has been started " + cause.attempts() + " times on environment '"
                        + cause.environment() + "' without success.",
                "Mend the cause, then start with monarch.migrations.max-attempts above " + cause.attempts() + ".",
                cause);
    }
}
