package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.UnknownBackupException;

/** Explains an {@link UnknownBackupException} that ended a start. */
final class UnknownBackupFailureAnalyzer extends AbstractFailureAnalyzer<UnknownBackupException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownBackupException cause) {
        return new FailureAnalysis(
                "There is no complete backup '" + cause.backup() + "' in " + cause.store() + ".",
                cause.suggestions().isEmpty()
                        ? "Use the name of a backup that is there: 'monarch list-backups' lists them."
                        : "Use " + String.join(" or ", cause.suggestions()) + ".",
                cause);
    }
}
