package dev.monarch.engine.transfer;

import java.util.List;

import org.bson.BsonDocument;

import dev.monarch.transfer.CollectionDescription;

/** Selects all documents of a database, unchanged. */
final class WholeDatabase implements SubsetChoice, Subset {

    private static final List<BsonDocument> EVERYTHING = List.of(new BsonDocument());

    @Override
    public Catalogue selected(Catalogue catalogue) {
        return catalogue;
    }

    @Override
    public boolean isWhole(String collection) {
        return true;
    }

    @Override
    public Subset select(Catalogue catalogue, SubsetQueries queries) {
        return this;
    }

    @Override
    public Iterable<BsonDocument> filters(String collection) {
        return EVERYTHING;
    }

    @Override
    public DocumentTransform transform(CollectionDescription collection) {
        return DocumentTransform.NONE;
    }

    @Override
    public void close() {
        // There are no resources to release.
    }
}
