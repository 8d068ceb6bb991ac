package dev.monarch.copy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.mongodb.ReadPreference;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import dev.monarch.engine.Checks;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.queryset.QuerySets.QuerySetChoice;
import dev.monarch.replacement.ReplacementRequest;
import dev.monarch.transfer.Consistency;

/** A request for a copy. Immutable: each method returns a changed copy. */
public final class CopyRequest extends ReplacementRequest<CopyRequest> {

    private final String source;

    private final String target;

    private final Part part;

    private final List<CollectionRename> renames;

    private final Reading reading;

    private CopyRequest(
            String source, String target, Part part, List<CollectionRename> renames, Reading reading, Terms terms) {
        super(terms);
        this.source = source;
        this.target = target;
        this.part = part;
        this.renames = List.copyOf(renames);
        this.reading = reading;
    }

    /**
     * Copies a whole environment.
     *
     * @param source the name of the environment that is read
     * @param target the name of the environment whose data is replaced
     * @return the request
     * @throws IllegalArgumentException if a name is blank
     */
    public static CopyRequest of(String source, String target) {
        Checks.notBlank("source", source);
        Checks.notBlank("target", target);
        return new CopyRequest(source, target, Part.WHOLE, List.of(), Reading.DEFAULT, Terms.DEFAULT);
    }

    @Override
    protected CopyRequest with(Terms other) {
        return new CopyRequest(source, target, part, renames, reading, other);
    }

    private CopyRequest with(Part other) {
        return new CopyRequest(source, target, other, renames, reading, terms());
    }

    private CopyRequest with(Reading other) {
        return new CopyRequest(source, target, part, renames, other, terms());
    }

    /**
     * Gives collections other names in the target.
     *
     * @param others the renames; of several that fit a collection the first counts
     * @return the request
     */
    public CopyRequest renaming(List<CollectionRename> others) {
        return new CopyRequest(source, target, part, others, reading, terms());
    }

    /**
     * Copies the part that a query set chooses; nothing else of the target is touched then.
     *
     * @param querySet the query set and its parameters; null for everything
     * @return the request
     */
    public CopyRequest choosing(@Nullable QuerySetRequest querySet) {
        return with(new Part(querySet, null));
    }

    /**
     * Copies the part that a query set has chosen already; the query set is not run again. A plan and a copy of the same
     * request then mean the same part.
     *
     * @param choice the choice
     * @return the request
     * @throws IllegalArgumentException if the choice is of another environment than the source of this request
     * @see dev.monarch.queryset.QuerySets#run
     */
    public CopyRequest taking(QuerySetChoice choice) {
        if (!choice.environment().equals(source)) {
            throw new IllegalArgumentException(
                    "the choice is of '" + choice.environment() + "', and the source is '" + source + "'");
        }
        return with(new Part(null, choice));
    }

    /**
     * Says how consistently the source is read; {@link Consistency#BEST} otherwise.
     *
     * @param consistency the consistency
     * @return the request
     */
    public CopyRequest consistent(Consistency consistency) {
        return with(new Reading(consistency, reading.from(), reading.maxRate()));
    }

    /**
     * Says which members of the source are read; the primary otherwise.
     *
     * @param readPreference which members
     * @return the request
     */
    public CopyRequest readingFrom(ReadPreference readPreference) {
        return with(new Reading(reading.consistency(), readPreference, reading.maxRate()));
    }

    /**
     * Limits how fast the source is read.
     *
     * @param maxRate how much is read in a second, at least one byte; null for no limit
     * @return the request
     * @throws IllegalArgumentException if it is less than one byte
     */
    public CopyRequest atMost(@Nullable DataSize maxRate) {
        return with(new Reading(reading.consistency(), reading.from(), maxRate));
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
    QuerySetChoice choice(QuerySets querySets, MonarchEnvironment environment) {
        return part.querySet() == null ? part.choice() : querySets.run(part.querySet(), environment, reading.from());
    }

    Consistency consistency() {
        return reading.consistency();
    }

    ReadPreference readPreference() {
        return reading.from();
    }

    @Nullable
    DataSize maxRate() {
        return reading.maxRate();
    }

    /** The part that is copied: that of a query set, that which one has chosen, or everything. */
    private record Part(
            @Nullable QuerySetRequest querySet, @Nullable QuerySetChoice choice) {

        static final Part WHOLE = new Part(null, null);
    }

    /** How the source is read. */
    private record Reading(
            Consistency consistency,
            ReadPreference from,
            @Nullable DataSize maxRate) {

        static final Reading DEFAULT = new Reading(Consistency.BEST, ReadPreference.primary(), null);

        Reading {
            if (maxRate != null && maxRate.toBytes() < 1) {
                throw new IllegalArgumentException("maxRate must be at least one byte, but is " + maxRate);
            }
        }
    }

    /**
     * What collections are called where they are copied to.
     *
     * @param from a name, or a pattern with one {@code *}, which matches any characters
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
