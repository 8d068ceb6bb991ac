package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.InvalidMigrationsException;

/** Explains an {@link InvalidMigrationsException} that ended a start. */
final class InvalidMigrationsFailureAnalyzer extends AbstractFailureAnalyzer<InvalidMigrationsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidMigrationsException cause) {
        return new FailureAnalysis(
                "The migrations cannot run as they stand:" + System.lineSeparator() + System.lineSeparator() + "    - "
                        + String.join(System.lineSeparator() + "    - ", cause.problems()),
                "Mend each of them. Nothing has run.",
                cause);
    }
}
