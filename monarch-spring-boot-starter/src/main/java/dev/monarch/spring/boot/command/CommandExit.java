package dev.monarch.spring.boot.command;

/** Ends the process. */
@FunctionalInterface
interface CommandExit {

    void with(int code);
}
