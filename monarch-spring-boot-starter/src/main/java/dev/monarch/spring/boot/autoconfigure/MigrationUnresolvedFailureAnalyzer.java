package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.MigrationUnresolvedException;

/** Explains a {@link MigrationUnresolvedException} that ended a start. */
final class MigrationUnresolvedFailureAnalyzer extends AbstractFailureAnalyzer<MigrationUnresolvedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MigrationUnresolvedException cause) {
        return new FailureAnalysis(
                "Migration '" + cause.id() + "' on environment '" + cause.environment() + "' " + cause.reason() + ".",
                "Look at the data, then say how it stands: 'monarch resolve " + cause.id() + " " + cause.environment()
                        + " --as applied', or '--as pending' to have it run again.",
                cause);
    }
}
