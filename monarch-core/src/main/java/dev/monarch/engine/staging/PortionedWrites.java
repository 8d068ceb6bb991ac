package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import com.mongodb.WriteConcern;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.monarch.engine.transfer.TransferPace;

/**
 * Writes the batches of one collection in portions, at the pace of the transfer.
 *
 * <p>While a server executes an insert, the writes of others wait for it, and each wait for its journal delays theirs. So
 * portions are small at a gentle pace, and only two kinds wait until a majority has them: the first one of all, whose reply
 * shows whether the server names elections, and the last one of each batch. If the others may be lost
 * ({@link ExecutedWrites}), the batch is written again. Thread-safe.
 */
final class PortionedWrites {

    private static final Logger log = LoggerFactory.getLogger(PortionedWrites.class);

    private final BatchInserter inserter;

    private final TransferPace pace;

    private final String into;

    private final String collection;

    /** Whether the server names elections, so that a lost write is noticed without the wait for a majority. */
    private volatile boolean elections;

    /**
     * Starts without writes.
     *
     * @param into the collection to write to
     * @param collection the collection that the documents belong to, for reports
     */
    PortionedWrites(BatchInserter inserter, TransferPace pace, String into, String collection) {
        this.inserter = inserter;
        this.pace = pace;
        this.into = into;
        this.collection = collection;
    }

    /**
     * Writes a batch in the order of its documents. A majority has each portion before the next one is sent: a capped
     * collection may have fewer documents than were written, so that nothing would notice a lost one.
     *
     * @return how many documents the server acknowledged
     */
    int writeInOrder(List<RawBsonDocument> batch) {
        return writeAll(portions(batch), inserter, true);
    }

    /**
     * Writes a batch in any order.
     *
     * @return how many documents the server acknowledged
     */
    int write(List<RawBsonDocument> batch) {
        List<List<RawBsonDocument>> portions = portions(batch);
        ExecutedWrites executed = ExecutedWrites.first();
        // They count only if the batch is not written again.
        List<Consumer<RejectedDocuments>> rejected = new ArrayList<>();
        RejectedDocuments rejections = (of, document, cause) -> rejected.add(to -> to.add(of, document, cause));
        BatchInserter followed = inserter.ofBatch(rejections, WriteConcern.W1, executed);
        BatchInserter last = inserter.ofBatch(rejections, WriteConcern.MAJORITY, executed);
        int written = 0;
        for (List<RawBsonDocument> portion : portions) {
            boolean isLast = portion == portions.get(portions.size() - 1);
            written +=
                    isLast && elections ? writeLast(portion, last) : write(portion, elections ? followed : last, false);
            elections = executed.nameElections();
        }
        if (executed.areInOrder() || portions.size() == 1) {
            rejected.forEach(each -> each.accept(inserter.rejections()));
            return written;
        }
        return writeAgain(portions);
    }

    private int writeAgain(List<List<RawBsonDocument>> portions) {
        log.debug("The primary has changed during a batch of '{}'; writing it again", collection);
        BatchInserter again = inserter.ofBatch(inserter.rejections(), WriteConcern.MAJORITY, ExecutedWrites.repeated());
        return writeAll(portions, again, false);
    }

    private int writeAll(List<List<RawBsonDocument>> portions, BatchInserter by, boolean ordered) {
        int written = 0;
        for (List<RawBsonDocument> portion : portions) {
            written += write(portion, by, ordered);
        }
        return written;
    }

    private List<List<RawBsonDocument>> portions(List<RawBsonDocument> batch) {
        return InsertCommand.portions(batch, pace.insertBytes());
    }

    private int write(List<RawBsonDocument> portion, BatchInserter by, boolean ordered) {
        int written;
        try (TransferPace.Slot slot = pace.slot()) {
            slot.take();
            written = by.insert(into, collection, portion, ordered);
        }
        pace.passWrite(InsertCommand.bytes(portion));
        return written;
    }

    /** Most of its time it waits for the journal, and the server has time for another insert. */
    private int writeLast(List<RawBsonDocument> portion, BatchInserter by) {
        try (TransferPace.Slot slot = pace.slot()) {
            slot.take();
        }
        int written = by.insert(into, collection, portion, false);
        pace.passWrite(InsertCommand.bytes(portion));
        return written;
    }
}
