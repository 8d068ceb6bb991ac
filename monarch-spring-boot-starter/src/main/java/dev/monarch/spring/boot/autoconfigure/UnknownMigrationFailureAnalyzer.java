package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.UnknownMigrationException;

/** Explains an {@link UnknownMigrationException} that ended a start. */
final class UnknownMigrationFailureAnalyzer extends AbstractFailureAnalyzer<UnknownMigrationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownMigrationException cause) {
        return new FailureAnalysis(
                "There is no migration '" + cause.id() + "' on environment '" + cause.environment() + "'.",
                cause.nearest().isEmpty()
                        ? "Use the id of a migration that is there: 'monarch status " + cause.environment()
                                + "' lists them."
                        : "Use " + String.join(" or ", cause.nearest()) + ".",
                cause);
    }
}
