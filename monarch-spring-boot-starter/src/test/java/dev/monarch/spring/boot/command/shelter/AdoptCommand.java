package dev.monarch.spring.boot.command.shelter;

import org.springframework.stereotype.Component;

import dev.monarch.spring.boot.command.CommandContext;
import dev.monarch.spring.boot.command.MonarchCommand;

@Component
class AdoptCommand implements MonarchCommand {

    @Override
    public String name() {
        return "adopt";
    }

    @Override
    public String description() {
        return "Finds an animal a home.";
    }

    @Override
    public int run(CommandContext context) {
        System.out.println("this goes to standard error");
        context.output().println("adopted " + String.join(" and ", context.arguments()));
        return context.arguments().contains("none") ? 7 : 0;
    }
}
