package dev.monarch.spring.boot.command;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import org.bson.Document;

import dev.monarch.spring.boot.advice.ExitCode;

/**
 * The result of a verb, as text and as JSON.
 *
 * @param exit the exit code
 * @param text the lines for a user
 * @param json the same as a document
 */
record Report(ExitCode exit, List<String> text, Document json) {

    Report {
        text = List.copyOf(text);
    }

    static Report done(List<String> text, Document json) {
        return new Report(ExitCode.DONE, text, json);
    }

    /** Describes each element as a document. */
    static <T> List<Document> each(Collection<T> things, Function<? super T, Document> description) {
        return things.stream().map(description).toList();
    }
}
