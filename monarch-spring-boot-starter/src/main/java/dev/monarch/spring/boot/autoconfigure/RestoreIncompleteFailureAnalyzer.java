package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.RestoreIncompleteException;

/** Explains a {@link RestoreIncompleteException} that ended a start. */
final class RestoreIncompleteFailureAnalyzer extends AbstractFailureAnalyzer<RestoreIncompleteException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RestoreIncompleteException cause) {
        return new FailureAnalysis(
                cause.problem(),
                "Mend what failed in '" + cause.failed()
                        + "', and restore the databases that are missing one by one with --database NAME.",
                cause);
    }
}
