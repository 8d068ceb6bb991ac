package dev.monarch.spring.boot.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.monarch.SwapInterruptedException;

/** Explains a {@link SwapInterruptedException} that ended a start. */
final class SwapInterruptedFailureAnalyzer extends AbstractFailureAnalyzer<SwapInterruptedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SwapInterruptedException cause) {
        return new FailureAnalysis(
                "The swap of '" + cause.environment() + "' is interrupted, " + cause.done() + " of " + cause.total()
                        + " steps are done"
                        + (cause.obstacle() == null ? "." : ": " + cause.obstacle() + "."),
                "Start again: the swap goes on where it stopped. If it stops there again, 'monarch swap "
                        + cause.environment() + " --status' shows what stands, and --abandon gives the swap up.",
                cause);
    }
}
