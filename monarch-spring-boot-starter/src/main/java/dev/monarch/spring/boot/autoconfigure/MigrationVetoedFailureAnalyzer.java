package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.MigrationVetoedException;

/** Explains a {@link MigrationVetoedException} that ended a start. */
final class MigrationVetoedFailureAnalyzer extends AbstractFailureAnalyzer<MigrationVetoedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MigrationVetoedException cause) {
        return new FailureAnalysis(
                "A hook (" + cause.hook() + ") forbade to go on with environment '" + cause.environment() + "': "
                        + cause.getCause(),
                "Do what the hook asks for, and start again: the next run goes on from what the history says.",
                cause);
    }
}
