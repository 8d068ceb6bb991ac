package dev.monarch.engine.backfill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.mongodb.MongoInterruptedException;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

import dev.monarch.backfill.DocumentBackfill.Change;
import dev.monarch.engine.backfill.ChangeWriter.Written;
import dev.monarch.engine.server.RawBytes;

/** Changes documents by unordered bulk writes, and reads again those that others have changed meanwhile. */
final class ChangeBatch {

    /** Documents that others change faster than this are left to the next pass. */
    private static final int ATTEMPTS = 5;

    private static final int SHOWN = 5;

    private static final int LARGE = 4 * 1024 * 1024;

    /** The limit of a document, without room for the other parts of a write. */
    private static final int LARGEST = 16 * 1024 * 1024 - 64 * 1024;

    private final IdRanges source;

    private final DocumentChange change;

    private final RejectedDocuments rejections;

    private final ChangeWriter writer;

    ChangeBatch(IdRanges source, DocumentChange change, RejectedDocuments rejections, ChangeWriter writer) {
        this.source = source;
        this.change = change;
        this.rejections = rejections;
        this.writer = writer;
    }

    /** Returns how to change a document. */
    @FunctionalInterface
    interface DocumentChange {

        Change of(RawBsonDocument document) throws Exception;
    }

    /**
     * The result for some documents.
     *
     * @param changed the number of documents that were changed
     * @param left the number of documents that others changed again and again, and which may still need the change
     */
    record Result(long changed, long left) {

        static final Result NONE = new Result(0, 0);

        Result plus(Result other) {
            return new Result(changed + other.changed, left + other.left);
        }
    }

    /**
     * Changes documents.
     *
     * @param documents the documents, which match the filter of the source
     * @param verify whether to check that the changed documents no longer need a change
     * @throws BackfillFailure if a changed document still needs the change
     */
    Result apply(List<RawBsonDocument> documents, boolean verify) {
        List<PlannedChange> planned = plan(documents);
        return finish(planned, write(planned), verify);
    }

    /**
     * Completes a write: sets aside what the server has rejected, and repeats what others have changed.
     *
     * @param planned the changes
     * @param first the result of their first write
     * @param verify whether to check that the changed documents no longer need a change
     * @throws BackfillFailure if a changed document still needs the change
     */
    Result finish(List<PlannedChange> planned, Written first, boolean verify) {
        long changed = settled(first);
        List<PlannedChange> open = left(first);
        for (int attempt = 1; attempt < ATTEMPTS && !open.isEmpty(); attempt++) {
            Written written = write(open);
            changed += settled(written);
            open = left(written);
        }
        if (verify && !planned.isEmpty()) {
            requireEffect(planned);
        }
        return new Result(changed, open.size());
    }

    private long settled(Written written) {
        written.rejected().forEach(rejections::add);
        return written.changed();
    }

    private List<PlannedChange> left(Written written) {
        return written.isWhole() ? List.of() : changedByOthers(written.accepted());
    }

    /** Plans the changes of documents, on the caller's thread. */
    List<PlannedChange> plan(List<RawBsonDocument> documents) {
        List<PlannedChange> planned = new ArrayList<>();
        for (RawBsonDocument document : documents) {
            if (!rejections.contains(document.get("_id", BsonNull.VALUE))) {
                plan(document).ifPresent(planned::add);
            }
        }
        return planned;
    }

    private Optional<PlannedChange> plan(RawBsonDocument document) {
        try {
            return changeOf(document);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MongoInterruptedException("Interrupted in a backfill", e);
        } catch (Exception e) {
            rejections.add(document.get("_id", BsonNull.VALUE), e.toString());
            return Optional.empty();
        }
    }

    private Optional<PlannedChange> changeOf(RawBsonDocument document) throws Exception {
        Change wanted = change.of(document);
        requireRoom(document, wanted);
        return ChangedDocument.isSame(document, wanted)
                ? Optional.empty()
                : Optional.of(new PlannedChange(document, wanted));
    }

    /** A write has the document as it was read, and the change. Together they must fit into one document. */
    private static void requireRoom(RawBsonDocument document, Change change) {
        int length = RawBytes.of(document).length();
        if (length > LARGE && length + ChangedDocument.length(change) > LARGEST) {
            throw new IllegalArgumentException("The document has " + length
                    + " bytes. It and its change are too large for one write. Change it in a migration");
        }
    }

    /** Writes once. If no originals are kept, any thread may call it. */
    Written write(List<PlannedChange> planned) {
        return writer.write(planned);
    }

    /** Plans again what someone else has changed since it was read. What we have changed is left out. */
    private List<PlannedChange> changedByOthers(List<PlannedChange> written) {
        Map<BsonValue, PlannedChange> before = byId(written);
        List<RawBsonDocument> changed = new ArrayList<>();
        for (RawBsonDocument now : matching(before.keySet())) {
            PlannedChange planned = before.get(now.get("_id", BsonNull.VALUE));
            if (planned == null || !isOurs(now, planned)) {
                changed.add(now);
            }
        }
        return plan(changed);
    }

    private static boolean isOurs(RawBsonDocument now, PlannedChange planned) {
        return ChangedDocument.of(planned.before(), planned.change())
                .filter(now::equals)
                .isPresent();
    }

    /** A change that leaves its documents in need of a change would repeat forever. */
    private void requireEffect(List<PlannedChange> planned) {
        Map<BsonValue, PlannedChange> before = byId(planned);
        List<BsonValue> endless = new ArrayList<>();
        for (RawBsonDocument now : matching(before.keySet())) {
            PlannedChange done = before.get(now.get("_id", BsonNull.VALUE));
            if (done != null && isOurs(now, done) && needsChange(now)) {
                endless.add(now.get("_id", BsonNull.VALUE));
            }
        }
        if (!endless.isEmpty()) {
            throw BackfillFailure.endless(
                    endless.size(), endless.stream().limit(SHOWN).toList());
        }
    }

    private boolean needsChange(RawBsonDocument document) {
        try {
            return changeOf(document).isPresent();
        } catch (Exception e) {
            return true;
        }
    }

    private static Map<BsonValue, PlannedChange> byId(List<PlannedChange> planned) {
        Map<BsonValue, PlannedChange> byId = new HashMap<>();
        planned.forEach(change -> byId.put(change.id(), change));
        return byId;
    }

    /** Reads those of these documents that match the filter of the source now. */
    List<RawBsonDocument> matching(Set<BsonValue> ids) {
        BsonArray values = new BsonArray(new ArrayList<>(new HashSet<>(ids)));
        return source.matching(new BsonDocument("_id", new BsonDocument("$in", values)))
                .into(new ArrayList<>());
    }
}
