package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.RollbackFailedException;

/** Explains a {@link RollbackFailedException} that ended a start. */
final class RollbackFailedFailureAnalyzer extends AbstractFailureAnalyzer<RollbackFailedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RollbackFailedException cause) {
        return new FailureAnalysis(
                "Migration '" + cause.id() + "' could not be taken back on environment '" + cause.environment() + "': "
                        + cause.getCause(),
                "Mend it and roll it back again, or say how it stands: 'monarch resolve " + cause.id() + " "
                        + cause.environment() + " --as applied'. Nothing behind it was taken back.",
                cause);
    }
}
