package dev.monarch.spring.boot.command;

import java.util.concurrent.Callable;

import picocli.CommandLine.Mixin;

/** What every verb has: the options for help and output, and a report at its end. */
abstract class Verb implements Callable<Integer> {

    @Mixin
    private Output output;

    @Override
    public final Integer call() throws Exception {
        return output.print(run());
    }

    /** Does what the verb is for. */
    abstract Report run() throws Exception;

    CommandConsole console() {
        return output.console();
    }
}
