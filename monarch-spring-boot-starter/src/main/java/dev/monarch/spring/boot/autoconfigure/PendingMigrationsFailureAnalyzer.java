package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.PendingMigrationsException;

/** Explains an {@link PendingMigrationsException} that ended a start. */
final class PendingMigrationsFailureAnalyzer extends AbstractFailureAnalyzer<PendingMigrationsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PendingMigrationsException cause) {
        return new FailureAnalysis(
                "Environment '" + cause.environment() + "' has pending migrations: "
                        + String.join(", ", cause.pending()) + ".",
                "Run them, for example by starting the application with monarch.migrations.run-at=startup.",
                cause);
    }
}
