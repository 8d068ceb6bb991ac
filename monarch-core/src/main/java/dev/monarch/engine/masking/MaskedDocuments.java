package dev.monarch.engine.masking;

import java.util.function.Consumer;

import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

import dev.monarch.TransferFailedException;
import dev.monarch.engine.masking.FieldNode.FieldMask;
import dev.monarch.engine.transfer.DocumentBatch;

/** The documents of one batch, gone through once: what no rule leads to is passed over undecoded. */
final class MaskedDocuments {

    static final int LARGEST_DOCUMENT = 16 * 1024 * 1024;

    /** MongoDB itself takes no document that nests deeper. */
    static final int DEEPEST = 200;

    private final DocumentBatch batch;

    private final boolean strict;

    private final MaskingFailures failures;

    private final RawBson bson;

    private final RawValue value;

    private final BatchRewriter output;

    private final CurrentPath trail;

    private int depth;

    /**
     * Begins with a batch.
     *
     * @param strict whether a field of which nothing is known is a failure
     */
    MaskedDocuments(DocumentBatch batch, boolean strict, MaskingFailures failures) {
        this.batch = batch;
        this.strict = strict;
        this.failures = failures;
        this.bson = new RawBson(batch.bytes(), failures);
        this.value = new RawValue(bson);
        this.output = new BatchRewriter(batch);
        this.trail = new CurrentPath(batch.bytes());
    }

    /** Masks what a tree says, in all of them. */
    DocumentBatch by(FieldNode root) {
        int at = 0;
        for (int i = 0; i < batch.documents(); i++) {
            ElementCursor document = new ElementCursor(bson, at, batch.length());
            int position = output.positionOf(at);
            inside(document, element -> named(root, element));
            at = document.end();
            requireNotTooLarge(output.positionOf(at) - position);
        }
        if (at != batch.length()) {
            throw failures.malformed();
        }
        return output.finished();
    }

    private void requireNotTooLarge(int length) {
        if (length > LARGEST_DOCUMENT) {
            throw failures.tooLarge(length);
        }
    }

    /** Goes through all elements, and afterwards tells how long the whole has become. */
    private void inside(ElementCursor container, Consumer<ElementCursor> each) {
        if (++depth > DEEPEST) {
            throw failures.tooDeep();
        }
        int position = output.positionOf(container.start());
        int before = output.replacements();
        while (container.next()) {
            each.accept(container);
        }
        if (output.replacements() > before) {
            output.correctLength(position, output.positionOf(container.end()) - position);
        }
        depth--;
    }

    private void named(FieldNode of, ElementCursor at) {
        trail.enter(at.nameStart(), at.nameEnd());
        FieldNode field = of.field(batch.bytes(), at.nameStart(), at.nameEnd());
        if (field != null) {
            field(field, at);
        } else if (strict && !(depth == 1 && at.isInnocentId())) {
            throw failures.unclassified(trail.toString());
        }
        trail.leave();
    }

    private void field(FieldNode field, ElementCursor at) {
        FieldMask mask = field.mask();
        if (mask != null) {
            mask(mask, at);
        } else if (!field.isKept()) {
            lookInto(field, at);
        }
    }

    private void lookInto(FieldNode field, ElementCursor at) {
        switch (at.type()) {
            case DOCUMENT -> inside(at.inner(), element -> named(field, element));
            case ARRAY -> {
                if (field.isNumbered()) {
                    throw failures.noElement(trail.toString());
                }
                inside(at.inner(), element -> lookInto(field, element));
            }
            default -> {
                if (at.saysSomething()) {
                    throw failures.noDocument(trail.toString(), at.type());
                }
            }
        }
    }

    private void mask(FieldMask mask, ElementCursor at) {
        switch (at.type()) {
            case DOCUMENT, ARRAY -> inside(at.inner(), element -> mask(mask, element));
            default -> {
                if (at.saysSomething()) {
                    replace(mask, at);
                }
            }
        }
    }

    private void replace(FieldMask mask, ElementCursor at) {
        int type = output.positionOf(at.typeAt());
        output.replace(at.valueStart(), at.valueEnd());
        BsonType written = written(mask, at);
        if (written == null) {
            throw failures.notMadeFor(trail.toString(), at.type(), mask.description());
        }
        output.correctType(type, written);
    }

    private @Nullable BsonType written(FieldMask mask, ElementCursor at) {
        try {
            return mask.mask().mask(value.at(at.type(), at.valueStart(), at.valueEnd()), output);
        } catch (TransferFailedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failures.function(trail.toString(), mask.description(), e);
        }
    }
}
