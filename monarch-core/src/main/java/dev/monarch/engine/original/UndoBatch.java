package dev.monarch.engine.original;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

import dev.monarch.engine.server.DocumentErrors;
import dev.monarch.engine.server.RawBytes;

/** Undoes some documents by unordered bulk writes that have no effect on documents that others change. For one batch. */
final class UndoBatch {

    private static final int WRITE_BYTES = 8 * 1024 * 1024;

    private static final int LONGEST_REASON = 500;

    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final MongoCollection<RawBsonDocument> source;

    private final MongoCollection<BsonDocument> originals;

    private final boolean exact;

    private final List<Write> writes = new ArrayList<>();

    private int writeBytes;

    private final List<BsonValue> done = new ArrayList<>();

    private final Map<BsonValue, String> left = new LinkedHashMap<>();

    private long changed;

    private long bytes;

    /**
     * Creates it.
     *
     * @param exact whether the server can compare the types of numbers
     */
    UndoBatch(MongoCollection<RawBsonDocument> source, MongoCollection<BsonDocument> originals, boolean exact) {
        this.source = source;
        this.originals = originals;
        this.exact = exact;
    }

    /** A write that makes a document what it was. */
    private record Write(RawBsonDocument before, WriteModel<RawBsonDocument> model) {

        BsonValue id() {
            return before.get("_id", BsonNull.VALUE);
        }
    }

    /** {@return the number of documents that were undone} */
    long changed() {
        return changed;
    }

    /** {@return the bytes of the documents that were written} */
    long bytes() {
        return bytes;
    }

    void apply(List<Original> batch) {
        Map<BsonValue, Original> open = new LinkedHashMap<>();
        batch.forEach(original -> open.put(original.id(), original));
        source.find(Filters.in("_id", List.copyOf(open.keySet()))).forEach(current -> {
            Original original = open.remove(current.get("_id"));
            if (original != null) {
                compare(original, current);
            }
        });
        open.values().forEach(this::insert);
        flush();
        record();
    }

    private void compare(Original original, RawBsonDocument current) {
        BsonBinary hash = DocumentHash.of(current);
        RawBsonDocument before = original.before();
        if (DocumentHash.of(before).equals(hash)) {
            done.add(original.id());
        } else if (original.after().contains(hash)) {
            BsonDocument unchanged = exact ? UnchangedDocument.exactFilter(current) : UnchangedDocument.filter(current);
            add(new Write(before, new ReplaceOneModel<>(unchanged, before)), current);
        } else {
            left.put(
                    original.id(),
                    original.after().isEmpty()
                            ? "it is unknown what the server made of it"
                            : original.after().contains(DocumentHash.ABSENT)
                                    ? "another document with its _id was inserted"
                                    : "it was changed since");
        }
    }

    private void insert(Original original) {
        if (original.after().contains(DocumentHash.ABSENT)) {
            RawBsonDocument before = original.before();
            add(new Write(before, new InsertOneModel<>(before)), before);
        } else {
            left.put(original.id(), "it was deleted since");
        }
    }

    private void add(Write write, RawBsonDocument current) {
        writes.add(write);
        writeBytes +=
                RawBytes.of(write.before()).length() + RawBytes.of(current).length();
        if (writeBytes >= WRITE_BYTES) {
            flush();
        }
    }

    private void flush() {
        if (writes.isEmpty()) {
            return;
        }
        Map<Integer, String> refused = new TreeMap<>();
        long written;
        try {
            written = written(source.bulkWrite(models(), UNORDERED));
        } catch (MongoBulkWriteException e) {
            for (BulkWriteError error : DocumentErrors.of(e)) {
                refused.put(error.getIndex(), error.getMessage() + " (" + error.getCode() + ")");
            }
            written = written(e.getWriteResult());
        }
        settle(refused, written == writes.size() - refused.size());
        changed += written;
        writes.forEach(write -> bytes += RawBytes.of(write.before()).length());
        writes.clear();
        writeBytes = 0;
    }

    private static long written(BulkWriteResult result) {
        return (long) result.getMatchedCount() + result.getInsertedCount();
    }

    private List<WriteModel<RawBsonDocument>> models() {
        return writes.stream().map(Write::model).toList();
    }

    private void settle(Map<Integer, String> refused, boolean allOthers) {
        Map<BsonValue, Write> written = new LinkedHashMap<>();
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            String reason = refused.get(i);
            if (reason == null) {
                written.put(write.id(), write);
            } else {
                left.put(write.id(), reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
            }
        }
        if (!allOthers) {
            leaveChanged(written);
        }
        done.addAll(written.keySet());
    }

    /** Others have changed some of them after they were read. */
    private void leaveChanged(Map<BsonValue, Write> written) {
        Map<BsonValue, Write> others = new LinkedHashMap<>(written);
        source.find(Filters.in("_id", List.copyOf(written.keySet()))).forEach(current -> {
            Write write = others.get(current.get("_id"));
            if (write != null && DocumentHash.of(write.before()).equals(DocumentHash.of(current))) {
                others.remove(write.id());
            }
        });
        others.keySet().forEach(id -> left.put(id, "it was changed since"));
        written.keySet().removeAll(others.keySet());
    }

    private void record() {
        if (!left.isEmpty()) {
            List<WriteModel<BsonDocument>> reasons = new ArrayList<>();
            left.forEach((id, reason) ->
                    reasons.add(new UpdateOneModel<>(Filters.eq(id), Updates.set(Original.LEFT, reason))));
            originals.bulkWrite(reasons, UNORDERED);
        }
        if (!done.isEmpty()) {
            originals.deleteMany(Filters.in("_id", done));
        }
    }
}
