package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.OperationRefusedException;

/** Explains an {@link OperationRefusedException} that ended a start. */
final class OperationRefusedFailureAnalyzer extends AbstractFailureAnalyzer<OperationRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, OperationRefusedException cause) {
        return new FailureAnalysis(
                "Refused to " + cause.operation() + " '" + cause.environment() + "': " + cause.reason() + ".",
                cause.nextStep(),
                cause);
    }
}
