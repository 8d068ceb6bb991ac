package dev.monarch.copy;

import java.util.List;

import com.mongodb.ReadPreference;
import org.jspecify.annotations.Nullable;

import dev.monarch.engine.Checks;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.queryset.QuerySets;
import dev.monarch.queryset.QuerySets.QuerySetChoice;
import dev.monarch.replacement.ReplacementRequest;
import dev.monarch.transfer.ReadReport.Consistency;

/** A request for a copy. Immutable: each method returns a changed copy. */
public final class CopyRequest extends ReplacementRequest<CopyRequest> {

    private final String source;

    private final String target;

    private final Part part;

    private final List<CollectionRename> renames;

    private final Consistency consistency;

    private CopyRequest(
            String source,
            String target,
            Part part,
            List<CollectionRename> renames,
            Consistency consistency,
            Terms terms) {
        super(terms);
        this.source = source;
        this.target = target;
        this.part = part;
        this.renames = List.copyOf(renames);
        this.consistency = consistency;
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
        return new CopyRequest(source, target, Part.WHOLE, List.of(), Consistency.BEST, Terms.DEFAULT);
    }

    @Override
    protected CopyRequest with(Terms other) {
        return new CopyRequest(source, target, part, renames, consistency, other);
    }

    private CopyRequest with(Part other) {
        return new CopyRequest(source, target, other, renames, consistency, terms());
    }

    /**
     * Renames collections in the target.
     *
     * @param others the renames; the first one that matches a collection applies
     * @return the request
     */
    public CopyRequest renaming(List<CollectionRename> others) {
        return new CopyRequest(source, target, part, others, consistency, terms());
    }

    /**
     * Copies the part that a query set selects. Nothing else in the target changes then.
     *
     * @param querySet the query set and its parameters; null for everything
     * @return the request
     */
    public CopyRequest withQuerySet(@Nullable QuerySetRequest querySet) {
        return with(new Part(querySet, null));
    }

    /**
     * Copies the part that an earlier run of a query set selected. The query set does not run again, so a plan and a
     * copy with the same choice have the same part.
     *
     * @param choice the result of that run
     * @return the request
     * @throws IllegalArgumentException if the query set was run in another environment than the source of this request
     * @see dev.monarch.queryset.QuerySets#run
     */
    public CopyRequest withChoice(QuerySetChoice choice) {
        if (!choice.environment().equals(source)) {
            throw new IllegalArgumentException(
                    "the choice was made in '" + choice.environment() + "', but the source is '" + source + "'");
        }
        return with(new Part(null, choice));
    }

    /**
     * Sets the consistency of the read. Default: {@link Consistency#BEST}.
     *
     * @param other the consistency
     * @return the request
     */
    public CopyRequest consistent(Consistency other) {
        return new CopyRequest(source, target, part, renames, other, terms());
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

    /** Returns the selected part, and runs the query set if necessary. Null for everything. */
    @Nullable
    QuerySetChoice choice(QuerySets querySets, MonarchEnvironment environment, ReadPreference member) {
        return part.querySet() == null ? part.choice() : querySets.run(part.querySet(), environment, member);
    }

    Consistency consistency() {
        return consistency;
    }

    /** The part to copy: by a query set, by the result of an earlier run, or everything if both are null. */
    private record Part(
            @Nullable QuerySetRequest querySet, @Nullable QuerySetChoice choice) {

        static final Part WHOLE = new Part(null, null);
    }
}
