package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.UnknownEnvironmentException;

/** Explains an {@link UnknownEnvironmentException} that ended a start. */
final class UnknownEnvironmentFailureAnalyzer extends AbstractFailureAnalyzer<UnknownEnvironmentException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownEnvironmentException cause) {
        return new FailureAnalysis(
                "There is no environment '" + cause.name() + "'.",
                "Use one of " + String.join(", ", cause.known()) + ", or configure it as monarch.environments."
                        + cause.name() + ".",
                cause);
    }
}
