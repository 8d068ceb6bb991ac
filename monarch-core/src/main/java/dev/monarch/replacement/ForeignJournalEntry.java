package dev.monarch.replacement;

/**
 * An entry of the journal that no run wrote here: mongorestore or another tool brought it from another database, or from an
 * earlier state of this one. Monarch does nothing because of it, and leaves it alone.
 *
 * @param id what the journal calls it
 * @param reason how that is known, as a clause
 */
public record ForeignJournalEntry(String id, String reason) {

    /**
     * Describes it, with the command that removes it.
     *
     * @param environment the name of the environment
     * @return sentences
     */
    public String describe(String environment) {
        return "The journal of '" + environment + "' has an entry ('" + id + "') that is not its own: " + reason
                + ". Monarch ignores it. 'monarch swap " + environment
                + " --abandon' removes it, and the staging collections that came with it.";
    }
}
