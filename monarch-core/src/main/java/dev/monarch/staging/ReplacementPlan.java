package dev.monarch.staging;

import java.util.List;

/**
 * What a restore or a copy would do, as things stand.
 *
 * @param origin where the data comes from: a backup, the path of an archive, an environment
 * @param environment the environment it goes into
 * @param replaced collections and views that are there and become those that come
 * @param created those that are not there yet
 * @param removed those that are there and do not come
 * @param kept those that stay as they are
 * @param refusals why it would be refused, as sentences; none if it would be done
 * @param warnings what to think of before, as sentences
 */
public record ReplacementPlan(
        String origin,
        String environment,
        List<String> replaced,
        List<String> created,
        List<String> removed,
        List<String> kept,
        List<String> refusals,
        List<String> warnings) {

    /**
     * Creates a plan.
     *
     * @param origin where the data comes from
     * @param environment the environment it goes into
     * @param replaced what is replaced, which is copied
     * @param created what is not there yet, which is copied
     * @param removed what goes, which is copied
     * @param kept what stays, which is copied
     * @param refusals why it would be refused, which are copied
     * @param warnings what to think of before, which are copied
     */
    public ReplacementPlan {
        replaced = List.copyOf(replaced);
        created = List.copyOf(created);
        removed = List.copyOf(removed);
        kept = List.copyOf(kept);
        refusals = List.copyOf(refusals);
        warnings = List.copyOf(warnings);
    }

    /**
     * Tells whether it would be done.
     *
     * @return false if something stands against it
     */
    public boolean isPossible() {
        return refusals.isEmpty();
    }
}
