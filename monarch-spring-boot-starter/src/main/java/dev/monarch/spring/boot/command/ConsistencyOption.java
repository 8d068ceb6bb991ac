package dev.monarch.spring.boot.command;

import picocli.CommandLine.Option;

import dev.monarch.transfer.ReadReport.Consistency;

/** The option for the consistency of a read. */
final class ConsistencyOption {

    @Option(
            names = "--consistency",
            paramLabel = "snapshot|best|none",
            description =
                    "snapshot: read at one point in time, or fail. best (default): if supported. none: do not try.")
    private Consistency consistency = Consistency.BEST;

    Consistency get() {
        return consistency;
    }
}
