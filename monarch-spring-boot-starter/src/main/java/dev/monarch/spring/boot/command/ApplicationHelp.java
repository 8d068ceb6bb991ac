package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.ListableBeanFactory;

/** The part of the help for which the application must be asked: its own verbs. */
final class ApplicationHelp implements Verb.InContext {

    private final Verbs verbs;

    ApplicationHelp(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public VerbDescription description() {
        return new HelpVerb(verbs).description();
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        String about = arguments.word(0);
        if (about == null) {
            List<VerbDescription> all =
                    new ArrayList<>(verbs.all().stream().map(Verb::description).toList());
            ApplicationVerb.commandsIn(beans).map(ApplicationHelp::describe).forEach(all::add);
            return HelpVerb.text(Usage.ofAll(all, console.ansi()));
        }
        MonarchCommand command = ApplicationVerb.find(about, beans, verbs);
        return HelpVerb.text("monarch " + command.name() + "\n" + command.description()
                + "\nA verb of this application's own: everything behind it is passed on to it.");
    }

    private static VerbDescription describe(MonarchCommand command) {
        return new VerbDescription(command.name(), List.of(), command.description(), List.of(), List.of());
    }
}
