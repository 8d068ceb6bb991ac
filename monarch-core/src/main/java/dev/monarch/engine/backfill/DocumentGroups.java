package dev.monarch.engine.backfill;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.bson.RawBsonDocument;

import dev.monarch.engine.server.RawBytes;

/** Changes the documents of a range in groups that fit into memory and into a message. For one thread. */
final class DocumentGroups implements Consumer<RawBsonDocument> {

    private final int mostDocuments;

    private final int mostBytes;

    private final ChangeBatch changes;

    private final boolean verify;

    private final List<RawBsonDocument> group = new ArrayList<>();

    private int groupBytes;

    private long bytes;

    private ChangeBatch.Result result = ChangeBatch.Result.NONE;

    DocumentGroups(int mostDocuments, int mostBytes, ChangeBatch changes, boolean verify) {
        this.mostDocuments = mostDocuments;
        this.mostBytes = mostBytes;
        this.changes = changes;
        this.verify = verify;
    }

    @Override
    public void accept(RawBsonDocument document) {
        group.add(document);
        groupBytes += RawBytes.of(document).length();
        if (group.size() >= mostDocuments || groupBytes >= mostBytes) {
            flush();
        }
    }

    void flush() {
        result = result.plus(changes.apply(group, verify));
        bytes += groupBytes;
        group.clear();
        groupBytes = 0;
    }

    ChangeBatch.Result result() {
        return result;
    }

    long bytes() {
        return bytes;
    }
}
