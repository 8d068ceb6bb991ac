package dev.monarch.engine.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What was read of another tool's history.
 *
 * @param description what it is and where, as a noun phrase; the trail of each imported entry has it
 * @param entries what it says about each migration, in the order in which they were applied
 * @param problems why it cannot be imported, as sentences
 * @param shortened shortens an id to the name of the migration
 */
record OtherHistory(
        String description, List<OtherEntry> entries, List<String> problems, UnaryOperator<String> shortened) {

    OtherHistory {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /** A history that cannot be read. */
    static OtherHistory unreadable(String description, String problem) {
        return new OtherHistory(description, List.of(), List.of(problem), UnaryOperator.identity());
    }

    /**
     * Reduces the entries of each migration to the one that counts.
     *
     * @param all all entries; a tool may write one for each attempt
     * @param appliedCounts whether a later failure does not count once the migration is applied
     */
    static List<OtherEntry> current(Collection<OtherEntry> all, boolean appliedCounts) {
        Map<List<String>, List<OtherEntry>> byKey = new LinkedHashMap<>();
        all.stream()
                .sorted(OtherEntry.BY_TIME)
                .forEach(entry -> byKey.computeIfAbsent(List.of(entry.id(), entry.author()), key -> new ArrayList<>())
                        .add(entry));
        return byKey.values().stream()
                .flatMap(entries -> current(entries, appliedCounts))
                .sorted(OtherEntry.BY_TIME)
                .toList();
    }

    /** Returns the entry that counts, behind those that may count instead because nothing says which is newer. */
    private static Stream<OtherEntry> current(List<OtherEntry> ofOne, boolean appliedCounts) {
        OtherEntry current = newest(ofOne, appliedCounts);
        boolean onlyRollbackCounts = appliedCounts && current.state() == OtherState.APPLIED;
        return Stream.concat(
                ofOne.stream()
                        .filter(entry -> entry.isUnorderedWith(current) && entry.state() != OtherState.STARTED)
                        .filter(entry -> !onlyRollbackCounts || entry.state() == OtherState.PENDING),
                Stream.of(current));
    }

    private static OtherEntry newest(List<OtherEntry> ofOne, boolean appliedCounts) {
        OtherEntry newest = ofOne.get(ofOne.size() - 1);
        OtherEntry decisive = null;
        for (OtherEntry entry : ofOne) {
            if (entry.state() == OtherState.APPLIED || entry.state() == OtherState.PENDING) {
                decisive = entry;
            }
        }
        return appliedCounts && decisive != null && decisive.state() == OtherState.APPLIED ? decisive : newest;
    }
}
