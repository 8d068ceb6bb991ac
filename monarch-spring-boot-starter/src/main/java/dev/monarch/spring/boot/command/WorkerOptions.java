package dev.monarch.spring.boot.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.monarch.transfer.Pace;

/** The options for the pace of verbs that read or write a database. */
final class WorkerOptions {

    @Mixin
    private PaceOptions pace;

    @Option(
            names = "--workers",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Number of collections to read, and of inserts to run, at the same time. Default: 4.")
    private @Nullable Integer workers;

    Pace get() {
        return pace.get().withWorkers(workers);
    }
}
