package dev.monarch.engine.transfer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.bson.RawBsonDocument;

import dev.monarch.transfer.CollectionDescription;

/** Keeps all documents, and can run a hook for each batch. */
final class CollectingSink implements TransferSink {

    private final Map<String, List<RawBsonDocument>> documents = new HashMap<>();

    private final Set<String> ended = new HashSet<>();

    private final List<String> restarted = new ArrayList<>();

    private Consumer<String> onBatch = collection -> {};

    private Catalogue catalogue = new Catalogue("", List.of());

    /** Runs a hook before each batch. */
    CollectingSink onBatch(Consumer<String> action) {
        onBatch = action;
        return this;
    }

    @Override
    public synchronized void begin(Catalogue coming) {
        catalogue = coming;
    }

    @Override
    public CollectionSink collection(CollectionDescription collection) {
        String name = collection.name();
        return new CollectionSink() {

            @Override
            public void documents(DocumentBatch batch) {
                onBatch.accept(name);
                keep(name, batch);
            }

            @Override
            public void restart() {
                forget(name);
            }

            @Override
            public void end() {
                finish(name);
            }
        };
    }

    private synchronized void keep(String name, DocumentBatch batch) {
        List<RawBsonDocument> kept = documents.computeIfAbsent(name, any -> new ArrayList<>());
        List<RawBsonDocument> received = batch.split();
        kept.addAll(received);
        if (received.size() != batch.documents()) {
            throw new AssertionError(
                    "a batch says it has " + batch.documents() + " documents and has " + received.size());
        }
    }

    private synchronized void forget(String name) {
        documents.remove(name);
        restarted.add(name);
    }

    private synchronized void finish(String name) {
        ended.add(name);
    }

    synchronized List<RawBsonDocument> documents(String collection) {
        return documents.getOrDefault(collection, List.of());
    }

    synchronized Set<String> ended() {
        return Set.copyOf(ended);
    }

    synchronized List<String> restarted() {
        return List.copyOf(restarted);
    }

    synchronized Catalogue catalogue() {
        return catalogue;
    }
}
