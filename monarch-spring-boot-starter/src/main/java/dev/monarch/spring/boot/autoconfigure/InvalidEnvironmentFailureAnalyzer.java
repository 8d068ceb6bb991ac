package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.InvalidEnvironmentException;

/** Explains an {@link InvalidEnvironmentException} that ended a start. */
final class InvalidEnvironmentFailureAnalyzer extends AbstractFailureAnalyzer<InvalidEnvironmentException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidEnvironmentException cause) {
        return new FailureAnalysis(
                "Environment '" + cause.environment() + "' cannot be used: " + cause.property() + ": " + cause.reason()
                        + ".",
                "Mend " + cause.property() + ".",
                cause);
    }
}
