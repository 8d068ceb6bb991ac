package dev.monarch.spring.boot.command;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** A verb with the environment at a fixed place among its words. */
interface EnvironmentVerb extends Verb.InContext {

    /** The place of the environment's name, from 0. */
    int environmentAt();

    @Override
    default @Nullable String environment(Arguments arguments, Predicate<String> known) {
        return arguments.word(environmentAt());
    }
}
