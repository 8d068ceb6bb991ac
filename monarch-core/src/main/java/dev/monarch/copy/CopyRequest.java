package dev.monarch.copy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.mongodb.ReadPreference;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.queryset.QuerySets.QuerySetChoice;
import dev.monarch.replacement.ReplacementRequest;
import dev.monarch.transfer.Consistency;

/** What is to be copied where, and how. Immutable: each method returns another request. */
public final class CopyRequest extends ReplacementRequest<CopyRequest> {

    private final String source;

    private final String target;

    private List<CollectionRename> renames = List.of();

    private @Nullable QuerySetRequest querySet;

    private @Nullable QuerySetChoice choice;

    private Consistency consistency = Consistency.BEST;

    private ReadPreference readPreference = ReadPreference.primary();

    private @Nullable DataSize maxRate;

    private CopyRequest(String source, String target) {
        this.source = source;
        this.target = target;
    }

    /**
     * Asks for a copy of a whole environment, with nothing approved.
     *
     * @param source the name of the environment that is read
     * @param target the name of the environment whose data is replaced
     * @return the request
     */
    public static CopyRequest of(String source, String target) {
        return new CopyRequest(source, target);
    }

    /**
     * Asks for other names in the target.
     *
     * @param newRenames the renames; of several that fit a collection the first counts
     * @return the request
     */
    public CopyRequest renaming(List<CollectionRename> newRenames) {
        return with(copy -> copy.renames = List.copyOf(newRenames));
    }

    /**
     * Asks for the part that a query set chooses; nothing else of the target is touched then.
     *
     * @param newQuerySet the query set and its parameters; null for everything
     * @return the request
     */
    public CopyRequest choosing(@Nullable QuerySetRequest newQuerySet) {
        return with(copy -> {
            copy.querySet = newQuerySet;
            copy.choice = null;
        });
    }

    /**
     * Asks for the part that a query set has chosen already; the query set is not run again. A plan and a copy of the same
     * request then mean the same part.
     *
     * @param newChoice the choice
     * @return the request
     * @throws IllegalArgumentException if the choice is of another environment than the source of this request
     * @see dev.monarch.queryset.QuerySets#run
     */
    public CopyRequest taking(QuerySetChoice newChoice) {
        if (!newChoice.environment().equals(source)) {
            throw new IllegalArgumentException(
                    "the choice is of '" + newChoice.environment() + "', and the source is '" + source + "'");
        }
        return with(copy -> {
            copy.querySet = null;
            copy.choice = newChoice;
        });
    }

    /**
     * Asks for a consistency.
     *
     * @param newConsistency the consistency
     * @return the request
     */
    public CopyRequest consistent(Consistency newConsistency) {
        return with(copy -> copy.consistency = newConsistency);
    }

    /**
     * Asks for members of the source to read from.
     *
     * @param newReadPreference which members
     * @return the request
     */
    public CopyRequest readingFrom(ReadPreference newReadPreference) {
        return with(copy -> copy.readPreference = newReadPreference);
    }

    /**
     * Asks for the source to be read slowly.
     *
     * @param newMaxRate how much is read in a second, at least one byte; null for as much as goes
     * @return the request
     */
    public CopyRequest atMost(@Nullable DataSize newMaxRate) {
        return with(copy -> copy.maxRate = newMaxRate);
    }

    String source() {
        return source;
    }

    String target() {
        return target;
    }

    List<CollectionRename> renames() {
        return renames;
    }

    /** Returns the part that is asked for, after running the query set if that has not been done; null for everything. */
    @Nullable
    QuerySetChoice choice(QuerySets querySets, MonarchEnvironment from) {
        return querySet == null ? choice : querySets.run(querySet, from, readPreference);
    }

    Consistency consistency() {
        return consistency;
    }

    ReadPreference readPreference() {
        return readPreference;
    }

    @Nullable
    DataSize maxRate() {
        return maxRate;
    }

    /**
     * What collections are called where they are copied to.
     *
     * @param from a name, or a pattern with one {@code *} that stands for any characters
     * @param to the other name; with a {@code *} for the same characters if {@code from} has one
     */
    public record CollectionRename(String from, String to) {

        private static final String STAR = "*";

        /**
         * Creates a rename.
         *
         * @throws IllegalArgumentException if a name is empty, or they have not as many stars, or more than one
         */
        public CollectionRename {
            if (from.isEmpty() || to.isEmpty()) {
                throw new IllegalArgumentException(
                        "A collection cannot be renamed from '" + from + "' to '" + to + "': a name must not be empty");
            }
            long stars = stars(from);
            if (stars > 1 || stars != stars(to)) {
                throw new IllegalArgumentException(
                        "A collection cannot be renamed from '" + from + "' to '" + to + "': both need one *, or none");
            }
        }

        private static long stars(String text) {
            return text.chars().filter(character -> character == '*').count();
        }

        /**
         * Renames a collection.
         *
         * @param collection its name
         * @return its other name, or the same if this is about others
         */
        public String apply(String collection) {
            if (!from.contains(STAR)) {
                return collection.equals(from) ? to : collection;
            }
            String expression =
                    Stream.of(from.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("(.*)"));
            Matcher matcher = Pattern.compile(expression, Pattern.DOTALL).matcher(collection);
            return matcher.matches() ? to.replace(STAR, matcher.group(1)) : collection;
        }
    }
}
