package dev.monarch.spring.boot.command;

import picocli.CommandLine.Option;

/** The option for a source without collections. */
final class AllowEmpty {

    @Option(names = "--allow-empty", description = "Continue although the source holds no collections.")
    private boolean given;

    boolean isGiven() {
        return given;
    }
}
