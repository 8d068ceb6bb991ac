package dev.monarch.engine.migration;

import java.time.Instant;
import java.util.Comparator;

import org.jspecify.annotations.Nullable;

/**
 * What another tool's history says about one migration.
 *
 * @param id its id there
 * @param author its author, which is part of the key in some tools; empty if there is none
 * @param state its state
 * @param at the time of the entry, or null if there is none
 * @param inserted orders entries without a time: the hexadecimal ObjectId, or null if there is none
 * @param stated the state in the tool's own word
 */
record OtherEntry(
        String id,
        String author,
        OtherState state,
        @Nullable Instant at,
        @Nullable String inserted,
        String stated) {

    /** The oldest entry first. */
    static final Comparator<OtherEntry> BY_TIME = Comparator.comparing(
                    OtherEntry::at, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(entry -> entry.at() == null && entry.inserted() != null ? entry.inserted() : "")
            .thenComparing(OtherEntry::state);

    /** {@return whether nothing says which of two entries is newer} */
    boolean isUnorderedWith(OtherEntry other) {
        return at == null && other.at == null && (inserted == null || other.inserted == null) && state != other.state;
    }

    /** Describes it, for example {@code EXECUTED by dev at 2024-05-01T10:00:00Z}. */
    String described() {
        return stated + (author.isEmpty() ? "" : " by " + author) + (at == null ? "" : " at " + at);
    }
}
