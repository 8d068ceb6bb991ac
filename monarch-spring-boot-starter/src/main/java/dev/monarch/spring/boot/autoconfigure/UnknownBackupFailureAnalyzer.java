package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.UnknownBackupException;

/** Explains an {@link UnknownBackupException} that ended a start. */
final class UnknownBackupFailureAnalyzer extends AbstractFailureAnalyzer<UnknownBackupException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownBackupException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()), "Run 'monarch list-backups' to see what there is.", cause);
    }
}
