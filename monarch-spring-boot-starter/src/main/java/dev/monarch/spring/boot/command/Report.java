package dev.monarch.spring.boot.command;

import java.util.List;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * What a verb has to say, in both forms.
 *
 * @param exit what the shell is told
 * @param text lines for a person
 * @param json the same for a program, or null if the verb has spoken itself
 */
record Report(int exit, List<String> text, @Nullable Document json) {

    Report {
        text = List.copyOf(text);
    }

    Report(ExitCode exit, List<String> text, Document json) {
        this(exit.code(), text, json);
    }

    static Report done(List<String> text, Document json) {
        return new Report(ExitCode.DONE, text, json);
    }

    /** Of a verb that has written its own output. */
    static Report silent(int exit) {
        return new Report(exit, List.of(), null);
    }
}
