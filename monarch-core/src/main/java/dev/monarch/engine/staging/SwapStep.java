package dev.monarch.engine.staging;

import java.util.Map;
import java.util.Set;

import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.CollectionDescription.CollectionType;

/**
 * One step of a swap. It can be repeated: it says what it expects to find, and how to see that it is done.
 *
 * @param kind what it does
 * @param target the name of the collection or view
 * @param staging the collection with its documents; null if it has none
 * @param uuid the UUID of the staging collection; null if it has none
 * @param replaces the identity of what has the name now and is dropped; null if the name is free, or an earlier step
 *     frees it
 * @param options the options of a view or a time series
 */
public record SwapStep(
        Kind kind,
        String target,
        @Nullable String staging,
        @Nullable BsonValue uuid,
        @Nullable BsonDocument replaces,
        BsonDocument options) {

    enum Kind {
        RENAME,
        WRITE_DOCUMENTS,
        REPLACE_TIME_SERIES,
        CREATE_VIEW,
        DROP,
        /**
         * Removes the documents that its staging collection lists, because no server allows dropping a system
         * collection.
         */
        EMPTY
    }

    /** Drops exactly this collection or view, and nothing that gets its name later. */
    static SwapStep drop(TargetCatalogue.Existing existing) {
        return new SwapStep(Kind.DROP, existing.name(), null, null, existing.identity(), new BsonDocument());
    }

    static SwapStep createView(String name, BsonDocument options) {
        return new SwapStep(Kind.CREATE_VIEW, name, null, null, null, options);
    }

    static SwapStep of(BsonDocument document) {
        return new SwapStep(
                Kind.valueOf(document.getString("kind").getValue()),
                document.getString("target").getValue(),
                document.get("staging") instanceof BsonString staging ? staging.getValue() : null,
                document.get("uuid"),
                document.get("replaces") instanceof BsonDocument replaces ? replaces : null,
                document.getDocument("options", new BsonDocument()));
    }

    BsonDocument toDocument() {
        BsonDocument document =
                new BsonDocument("kind", new BsonString(kind.name())).append("target", new BsonString(target));
        if (staging != null) {
            document.append("staging", new BsonString(staging));
        }
        if (uuid != null) {
            document.append("uuid", uuid);
        }
        if (replaces != null) {
            document.append("replaces", replaces);
        }
        return options.isEmpty() ? document : document.append("options", options);
    }

    /** The state of a step, as seen in the database. */
    enum State {
        DONE,
        PENDING,
        /** Something else has its name, which the step would destroy. */
        BLOCKED
    }

    /** {@return the names that show the state of the step} */
    Set<String> names() {
        return staging == null ? Set.of(target) : Set.of(target, staging);
    }

    /**
     * Returns the state of the step.
     *
     * @param existing what exists under its names, by name
     */
    State state(Map<String, TargetCatalogue.Existing> existing) {
        TargetCatalogue.@Nullable Existing current = existing.get(target);
        boolean staged = staging != null && existing.containsKey(staging);
        if (hasOtherStaging(existing)) {
            return State.BLOCKED;
        }
        return switch (kind) {
            case DROP -> is(current, replaces) ? State.PENDING : State.DONE;
            case CREATE_VIEW -> isView(current) ? State.DONE : expected(current);
            case WRITE_DOCUMENTS, REPLACE_TIME_SERIES, EMPTY -> staged ? State.PENDING : State.DONE;
            case RENAME -> {
                if (staged) {
                    yield expected(current);
                }
                yield isStaged(current) ? State.DONE : State.BLOCKED;
            }
        };
    }

    /** Tells whether the name of the staging collection belongs to something that was not loaded for this step. */
    boolean hasOtherStaging(Map<String, TargetCatalogue.Existing> existing) {
        TargetCatalogue.@Nullable Existing loaded = staging == null ? null : existing.get(staging);
        return loaded != null && uuid != null && !uuid.equals(loaded.uuid());
    }

    /** Returns a step that also replaces what other clients have created under its name. */
    SwapStep accepting(Map<String, TargetCatalogue.Existing> existing) {
        TargetCatalogue.@Nullable Existing current = existing.get(target);
        return current != null && state(existing) == State.BLOCKED
                ? new SwapStep(kind, target, staging, uuid, current.identity(), options)
                : this;
    }

    private State expected(TargetCatalogue.@Nullable Existing current) {
        return current == null || is(current, replaces) ? State.PENDING : State.BLOCKED;
    }

    private static boolean is(TargetCatalogue.@Nullable Existing current, @Nullable BsonDocument identity) {
        return current != null && current.identity().equals(identity);
    }

    private boolean isView(TargetCatalogue.@Nullable Existing current) {
        return current != null
                && current.type() == CollectionType.VIEW
                && current.options().equals(options);
    }

    /** If the server has no UUIDs, whatever has the name after the staging collection is gone counts as replaced. */
    private boolean isStaged(TargetCatalogue.@Nullable Existing current) {
        return current != null && (uuid == null || uuid.equals(current.uuid()));
    }
}
