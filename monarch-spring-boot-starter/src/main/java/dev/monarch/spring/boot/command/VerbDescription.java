package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import picocli.CommandLine.Model.ArgSpec;

/**
 * What the help says of a verb, and what the parser needs.
 *
 * @param name the verb, with dashes
 * @param aliases other names it answers to, which the help does not show
 * @param summary what it does, in one line
 * @param arguments its own options and words
 * @param examples at least one
 */
record VerbDescription(
        String name, List<String> aliases, String summary, List<ArgSpec> arguments, List<Example> examples) {

    VerbDescription {
        List<String> all = new ArrayList<>(aliases);
        if (name.contains("-")) {
            // The seed systems write list_migrations.
            all.add(name.replace('-', '_'));
        }
        aliases = List.copyOf(all);
        arguments = List.copyOf(arguments);
        examples = List.copyOf(examples);
    }
}
