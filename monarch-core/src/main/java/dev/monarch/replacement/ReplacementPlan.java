package dev.monarch.replacement;

import java.util.List;

import dev.monarch.Fact;
import dev.monarch.engine.Checks;
import dev.monarch.transfer.CollectionDescription.ShardKey;
import dev.monarch.transfer.Omission;

/**
 * What a restore or a copy would do in the current state.
 *
 * <p>Planning changes nothing. A run makes the same plan again and executes it, so it makes no other checks than the
 * plan. Only Monarch implements this interface. Immutable.
 */
public interface ReplacementPlan {

    /** {@return the source of the data: a backup, the path of an archive, or an environment} */
    String origin();

    /** {@return the name of the target environment} */
    String environment();

    /** {@return the collections and views of the target that are replaced} */
    List<String> replaced();

    /** {@return the collections and views that are created, because the target does not have them} */
    List<String> created();

    /** {@return the collections and views of the target that are removed, because the source does not have them} */
    List<String> removed();

    /** {@return the collections and views of the target that are kept} */
    List<String> kept();

    /** {@return why the run is refused; empty if it is possible} */
    List<Fact> refusals();

    /** {@return warnings about the run} */
    List<Fact> warnings();

    /**
     * Tells whether a plain confirmation is not enough, even if the environment is not protected.
     *
     * @return true if the target would keep fewer than a tenth of its documents
     */
    boolean needsName();

    /**
     * {@return what is omitted: collections of the server and of Monarch, and options and indexes that the server
     * rejects}
     */
    List<Omission> omissions();

    /**
     * Returns the collections that are sharded in the source and not in the target. Monarch does not shard.
     *
     * @return those whose shard key is known, ordered by name; empty if the target is not a sharded cluster
     */
    List<UnshardedCollection> unsharded();

    /** {@return whether the run is possible: there are no refusals} */
    boolean isPossible();

    /**
     * A collection that is sharded in the source. Monarch does not shard it in the target.
     *
     * @param database the database of the target
     * @param collection its name in the target
     * @param shardKey its shard key in the source
     * @param collated whether the collection has its own collation. Its shard key then needs the simple collation,
     *     explicitly.
     */
    public record UnshardedCollection(String database, String collection, ShardKey shardKey, boolean collated) {

        /**
         * Creates a collection.
         *
         * @throws IllegalArgumentException if {@code database} or {@code collection} is empty
         */
        public UnshardedCollection {
            Checks.notEmpty("database", database);
            Checks.notEmpty("collection", collection);
        }
    }
}
