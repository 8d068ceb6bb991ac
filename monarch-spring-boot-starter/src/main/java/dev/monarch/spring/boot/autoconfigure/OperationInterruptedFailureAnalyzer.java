package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.OperationInterruptedException;

/** Explains an {@link OperationInterruptedException} that ended a start. */
final class OperationInterruptedFailureAnalyzer extends AbstractFailureAnalyzer<OperationInterruptedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, OperationInterruptedException cause) {
        return new FailureAnalysis(
                "Could not " + cause.operation() + " '" + cause.environment()
                        + "': it was interrupted. Nothing has been replaced.",
                "Start it again if it is still wanted.",
                cause);
    }
}
