package dev.monarch.spring.boot.command;

import picocli.CommandLine.Option;

import dev.monarch.transfer.Consistency;

/** The option for the consistency of what is read. */
final class ConsistencyOption {

    @Option(
            names = "--consistency",
            paramLabel = "snapshot|best|none",
            description = "snapshot: at one point in time, or fail; best (default): as far as the server can.")
    private Consistency consistency = Consistency.BEST;

    Consistency get() {
        return consistency;
    }
}
