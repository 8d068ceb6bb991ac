package dev.monarch.spring.boot.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option for the backup store. */
final class StoreOption {

    @Option(
            names = "--store",
            paramLabel = "STORE",
            description = "The store: local, s3, or one of your own. Default: monarch.backups.store.")
    private @Nullable String store;

    @Nullable
    String name() {
        return store;
    }
}
