package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.DamagedArchiveException;

/** Explains a {@link DamagedArchiveException} that ended a start. */
final class DamagedArchiveFailureAnalyzer extends AbstractFailureAnalyzer<DamagedArchiveException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DamagedArchiveException cause) {
        return new FailureAnalysis(
                "The archive is damaged at byte " + cause.offset()
                        + (cause.namespace() == null ? "" : ", in collection '" + cause.namespace() + "'") + ": "
                        + cause.problem() + ".",
                "Take another archive, or fetch this one again from where it came. Nothing was written.",
                cause);
    }
}
