package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.UnknownBackupStoreException;

/** Explains an {@link UnknownBackupStoreException} that ended a start. */
final class UnknownBackupStoreFailureAnalyzer extends AbstractFailureAnalyzer<UnknownBackupStoreException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnknownBackupStoreException cause) {
        return new FailureAnalysis(
                "There is no backup store '" + cause.name() + "'.",
                "Use one of " + String.join(", ", cause.known())
                        + "; which one is taken where none is named, monarch.backups.store says.",
                cause);
    }
}
