package dev.monarch.spring.boot.command;

/**
 * A verb that is to be run.
 *
 * @param verb the verb
 * @param arguments what it was called with
 */
record Call(Verb verb, Arguments arguments) {}
