package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.MigrationFailedException;

/** Explains an {@link MigrationFailedException} that ended a start. */
final class MigrationFailedFailureAnalyzer extends AbstractFailureAnalyzer<MigrationFailedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MigrationFailedException cause) {
        return new FailureAnalysis(
                "Migration '" + cause.id() + "' failed on environment '" + cause.environment() + "' (attempt "
                        + cause.attempt() + "): " + cause.getCause(),
                "Mend the migration or the data it met, and start again: the next run starts with it, and nothing behind it has run.",
                cause);
    }
}
