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
 * Where the data comes from that replaces a database: a backup or an environment, with the checks that only it can make.
 *
 * <p>For one replacement, and one thread.
 */
public interface ReplacementOrigin {

    /**
     * {@return what the data comes from, as a plan names it}
     */
    String title();

    /**
     * {@return what the lock of the target says while the replacement is at work}
     */
    String purpose();

    /**
     * Returns what is checked before anything else.
     *
     * @return checks that throw a {@link dev.monarch.MonarchException} to refuse, and change nothing
     */
    List<Runnable> checks();

    /**
     * {@return what to think of before, as sentences}
     */
    List<String> warnings();

    /**
     * {@return what would come, as things stand}
     */
    Catalogue coming();

    /**
     * {@return how many bytes of documents would come; -1 if that is not known}
     */
    long bytes();

    /**
     * {@return how many documents would come, as far as the server or the manifest knows; -1 if that is not known}
     */
    long documents();

    /**
     * Returns how what would come is sharded where it comes from.
     *
     * @return the shard keys, as far as they are known, by the names that the collections get
     */
    Map<String, ShardKey> shardKeys();

    /**
     * Counts the documents that would come of a collection and fulfil a condition.
     *
     * @param collection the name under which it would come
     * @param filter the condition
     * @return how many, as things stand; empty if that would take too long to learn
     */
    OptionalLong count(String collection, Bson filter);

    /**
     * {@return what the caller says in favour of the replacement}
     */
    Approval approval();

    /**
     * Checks what can only be checked once the lock of the target is held.
     *
     * @param lock the lock of the target
     * @throws dev.monarch.MonarchException to refuse
     */
    default void checkUnder(HeldLock lock) {}

    /**
     * Begins to read.
     *
     * @return what is read
     * @throws IOException if a file or a store cannot be read
     */
    Reading open() throws IOException;

    /** What is being read. */
    interface Reading extends AutoCloseable {

        /**
         * {@return what comes}
         */
        Catalogue catalogue();

        /**
         * {@return how much there is of each collection, as far as it is known, by the name of the collection}
         */
        Map<String, CollectionProgress.Expected> expected();

        /**
         * Gives everything, and returns only if all of it was right.
         *
         * @param sink takes it
         * @throws IOException if a file or a store cannot be read
         * @throws dev.monarch.MonarchException if what was read is not what it should be
         */
        void transferTo(TransferSink sink) throws IOException;

        @Override
        void close() throws IOException;
    }
}
