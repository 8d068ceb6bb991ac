package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.BackupStoreException;

/** Explains a {@link BackupStoreException} that ended a start. */
final class BackupStoreFailureAnalyzer extends AbstractFailureAnalyzer<BackupStoreException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BackupStoreException cause) {
        return new FailureAnalysis(
                "Backups cannot be kept in or read from " + cause.store() + ": " + cause.problem() + ".",
                cause.nextStep(),
                cause);
    }
}
