package dev.monarch.spring.boot.command;

import java.util.concurrent.Callable;

import picocli.CommandLine.Mixin;

/** The base of all verbs: the options for help and output, and a report at the end. */
abstract class Verb implements Callable<Integer> {

    @Mixin
    private Output output;

    @Override
    public final Integer call() throws Exception {
        return output.print(run());
    }

    /** Executes the verb. */
    abstract Report run() throws Exception;

    CommandConsole console() {
        return output.console();
    }

    boolean isVerbose() {
        return output.isVerbose();
    }
}
