package dev.monarch.spring.boot.command;

import java.util.List;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Shows the verbs, or how one of them is used. */
final class HelpVerb implements Verb.Standalone {

    static final String ALL = "--all";

    private final Verbs verbs;

    HelpVerb(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public VerbDescription description() {
        return new VerbDescription(
                "help",
                List.of(),
                "Lists the verbs, or shows how one of them is used.",
                List.of(
                        PositionalParamSpec.builder()
                                .index("0")
                                .arity("0..1")
                                .paramLabel("VERB")
                                .type(String.class)
                                .description("The verb to be explained.")
                                .build(),
                        VerbOptions.flag(ALL, "Lists the application's own verbs too; this starts the application.")),
                List.of(new Example("help", "Lists the verbs."), new Example("help migrate", "Explains one of them.")));
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, @Nullable Class<?> application) {
        String about = arguments.word(0);
        return text(
                about == null
                        ? Usage.ofAll(descriptions(), console.ansi())
                        : Usage.ofVerb(verbs.find(about).orElseThrow().description(), console.ansi()));
    }

    private List<VerbDescription> descriptions() {
        return verbs.all().stream().map(Verb::description).toList();
    }

    static Report text(String text) {
        return Report.done(text.stripTrailing().lines().toList(), new Document("help", text.stripTrailing()));
    }
}
