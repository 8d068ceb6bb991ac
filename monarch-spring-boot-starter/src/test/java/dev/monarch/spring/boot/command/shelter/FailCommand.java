package dev.monarch.spring.boot.command.shelter;

import java.io.IOException;

import picocli.CommandLine.Command;

import dev.monarch.spring.boot.command.MonarchCommand;

/** Fails. It is not a bean. */
@Command(name = "fail", description = "Fails.")
class FailCommand implements MonarchCommand {

    @Override
    public Integer call() throws IOException {
        throw new IOException("no luck with //keeper:hunter2@host\nand more");
    }
}
