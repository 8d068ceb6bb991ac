package dev.monarch.replacement;

import java.time.Duration;
import java.util.List;

import dev.monarch.Fact;
import dev.monarch.engine.Checks;
import dev.monarch.replacement.LoadReport.Expiration;
import dev.monarch.transfer.CollectionDescription.ShardKey;
import dev.monarch.transfer.Omission;
import dev.monarch.transfer.TransferProgress.Limit;

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

    /**
     * What a restore or a copy did to its target.
     *
     * @param loaded the loaded data and the documents that were left out
     * @param steps the number of replaced, created and removed collections
     * @param interruptedMigrations the number of migrations that had not ended in the source
     * @param expirations the TTL rules that apply to loaded documents
     * @param unsharded the collections that are sharded in the source and are not sharded in the target
     * @param limitedBy what limited the load, the largest share first
     * @param elapsed the duration, without the wait for the lock
     */
    record ReplacementReport(
            LoadReport loaded,
            int steps,
            long interruptedMigrations,
            List<Expiration> expirations,
            List<UnshardedCollection> unsharded,
            List<Limit> limitedBy,
            Duration elapsed) {

        /**
         * Creates a report.
         *
         * @throws IllegalArgumentException if a number or the duration is negative
         */
        public ReplacementReport {
            Checks.atLeast("steps", steps, 0);
            Checks.atLeast("interruptedMigrations", interruptedMigrations, 0);
            expirations = List.copyOf(expirations);
            unsharded = List.copyOf(unsharded);
            limitedBy = List.copyOf(limitedBy);
            Checks.notNegative("elapsed", elapsed);
        }
    }
}
