package dev.monarch.spring.boot.command;

import picocli.CommandLine.Option;

/** The option for a source without collections. */
final class AllowEmptyOption {

    @Option(names = "--allow-empty", description = "Continue even if the source has no collections.")
    private boolean given;

    boolean isGiven() {
        return given;
    }
}
