package dev.monarch.engine.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.transfer.CollectionDescription;

/** Checks masking rules against the catalogue of a database. */
record RulesCheck(MaskingRules rules, Catalogue source, Predicate<String> transferred) {

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (String name : rules.named()) {
            if (rules.rules(name).isMasking() && source.collection(name).isEmpty()) {
                problems.add("There is no collection '" + name + "' to mask.");
            }
        }
        source.collections().stream()
                .filter(collection -> transferred.test(collection.name()))
                .forEach(collection -> of(collection, rules).ifPresent(problems::add));
        return problems;
    }

    /** {@return what prevents the transfer of a collection, as a sentence} */
    static Optional<String> of(CollectionDescription collection, MaskingRules all) {
        CollectionRules rules = all.rules(collection.name());
        String name = "'" + collection.name() + "'";
        return switch (collection.type()) {
            case VIEW ->
                problem(
                        rules.isMasking(),
                        name + " is a view, which has no documents: mask the collections that it reads.");
            case TIME_SERIES ->
                problem(
                        rules.isMasking() || all.isFailClosed() && !rules.restKept(),
                        name + " is a time series, whose documents are packed into buckets and cannot be masked:"
                                + " leave it out, or keep all of it.");
            case COLLECTION ->
                problem(
                        all.isFailClosed() && rules.equals(CollectionRules.NONE),
                        "The fields of " + name + " have no rules" + ": mask or keep them, keep all, or leave it out.");
        };
    }

    private static Optional<String> problem(boolean isOne, String sentence) {
        return isOne ? Optional.of(sentence) : Optional.empty();
    }
}
