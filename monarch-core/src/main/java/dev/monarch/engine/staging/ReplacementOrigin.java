package dev.monarch.engine.staging;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.bson.conversions.Bson;

import dev.monarch.engine.lock.HeldLock;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.environment.Approval;
import dev.monarch.transfer.CollectionDescription.ShardKey;
import dev.monarch.transfer.TransferProgress.CollectionProgress;

/**
 * The source of the data that replaces a database: a backup or an environment, with its own checks.
 *
 * <p>For one replacement, and one thread.
 */
public interface ReplacementOrigin {

    /** {@return the name of the source in plans} */
    String title();

    /** {@return the purpose that the lock of the target shows during the replacement} */
    String purpose();

    /**
     * Returns the checks that run before anything else.
     *
     * @return checks that throw a {@link dev.monarch.MonarchException} to refuse, and change nothing
     */
    List<Runnable> checks();

    /** {@return warnings about the replacement, as sentences} */
    List<String> warnings();

    /** {@return the collections that it would load now} */
    Catalogue incoming();

    /** {@return the bytes of documents that it would load; -1 if unknown} */
    long bytes();

    /** {@return the number of documents that it would load according to the server or the manifest; -1 if unknown} */
    long documents();

    /**
     * Returns how the collections are sharded in the source.
     *
     * @return the known shard keys, by the names of the collections in the target
     */
    Map<String, ShardKey> shardKeys();

    /**
     * Counts the documents of a collection that it would load and that match a condition.
     *
     * @param collection the name of the collection in the target
     * @param filter the condition
     * @return the current number; empty if counting would take too long
     */
    OptionalLong count(String collection, Bson filter);

    /** {@return the caller's approval of the replacement} */
    Approval approval();

    /**
     * Checks what can only be checked under the lock of the target.
     *
     * @param lock the lock of the target
     * @throws dev.monarch.MonarchException to refuse
     */
    default void checkUnder(HeldLock lock) {}

    /**
     * Opens the source.
     *
     * @return the data to read
     * @throws IOException if a file or a store cannot be read
     */
    OpenOrigin open() throws IOException;

    /** Data that is being read. */
    interface OpenOrigin extends AutoCloseable {

        /** {@return the collections that it will deliver} */
        Catalogue catalogue();

        /** {@return the known size of each collection, by its name} */
        Map<String, CollectionProgress.Expected> expected();

        /**
         * Delivers all data. Returns only if all of it is correct.
         *
         * @param sink receives the data
         * @throws IOException if a file or a store cannot be read
         * @throws dev.monarch.MonarchException if the data is damaged or incomplete
         */
        void transferTo(TransferSink sink) throws IOException;

        @Override
        void close() throws IOException;
    }
}
