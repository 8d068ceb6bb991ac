package dev.monarch.spring.boot.command;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import org.bson.Document;

import dev.monarch.spring.boot.advice.ExitCode;

/**
 * What a verb has to say, in both forms.
 *
 * @param exit what the shell is told
 * @param text lines for a person
 * @param json the same for a program
 */
record Report(ExitCode exit, List<String> text, Document json) {

    Report {
        text = List.copyOf(text);
    }

    static Report done(List<String> text, Document json) {
        return new Report(ExitCode.DONE, text, json);
    }

    /** Describes each of several things for a program. */
    static <T> List<Document> each(Collection<T> things, Function<? super T, Document> description) {
        return things.stream().map(description).toList();
    }
}
