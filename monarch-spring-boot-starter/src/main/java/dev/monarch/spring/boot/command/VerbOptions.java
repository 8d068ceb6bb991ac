package dev.monarch.spring.boot.command;

import java.util.List;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The options and words that verbs share, and short ways to describe others. */
final class VerbOptions {

    static final String HELP = "--help";

    static final String VERBOSE = "--verbose";

    static final String OUTPUT = "--output";

    static final String CONFIRM = "--confirm";

    static final String YES = "--yes";

    static final String REASON = "--reason";

    static final String DRY_RUN = "--dry-run";

    static final String STORE = "--store";

    static final String ALLOW_EMPTY = "--allow-empty";

    private VerbOptions() {}

    static List<OptionSpec> ofEveryVerb() {
        return List.of(
                OptionSpec.builder("-h", HELP)
                        .usageHelp(true)
                        .description("Shows this help.")
                        .build(),
                OptionSpec.builder("-v", VERBOSE)
                        .description("Shows logs and stack traces, on standard error.")
                        .build(),
                OptionSpec.builder(OUTPUT)
                        .paramLabel("FORMAT")
                        .type(String.class)
                        .arity("1")
                        .converters(new OutputFormat())
                        .description("text (default), or json: one document on standard output.")
                        .build());
    }

    static List<ArgSpec> ofConfirmation() {
        return List.of(
                value(CONFIRM, "NAME", "Confirms by the name of the environment, without a question."),
                flag(YES, "Says yes without a question; not enough for a protected environment."));
    }

    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).description(description).build();
    }

    static OptionSpec value(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .arity("1")
                .description(description)
                .build();
    }

    static OptionSpec number(String name, String description) {
        return OptionSpec.builder(name)
                .paramLabel("N")
                .type(Integer.class)
                .arity("1")
                .description(description)
                .build();
    }

    static OptionSpec reason() {
        return value(REASON, "TEXT", "Why; it is kept in the history.");
    }

    static OptionSpec store() {
        return value(STORE, "STORE", "The store: local, s3, or another one there is. Left out: monarch.backups.store.");
    }

    static OptionSpec allowEmpty() {
        return flag(ALLOW_EMPTY, "Goes on although the source holds no collections.");
    }

    static PositionalParamSpec word(int index, String label, String description) {
        return positional(index, true, label, description);
    }

    static PositionalParamSpec environment(int index) {
        return positional(index, false, "ENV", "The environment. Left out: the application's own.");
    }

    private static PositionalParamSpec positional(int index, boolean required, String label, String description) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .arity(required ? "1" : "0..1")
                .required(required)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }
}
