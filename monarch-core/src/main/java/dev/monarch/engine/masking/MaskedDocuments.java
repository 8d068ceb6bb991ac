package dev.monarch.engine.masking;

import java.util.function.Consumer;

import org.bson.BsonType;
import org.jspecify.annotations.Nullable;

import dev.monarch.TransferFailedException;
import dev.monarch.engine.masking.FieldNode.FieldMask;
import dev.monarch.engine.transfer.DocumentBatch;

/** Masks the documents of one batch in one pass. Fields without a rule are skipped undecoded. */
final class MaskedDocuments {

    static final int LARGEST_DOCUMENT = 16 * 1024 * 1024;

    /** The maximum nesting depth of MongoDB. */
    static final int MAX_DEPTH = 200;

    private final DocumentBatch batch;

    private final boolean strict;

    private final MaskingFailures failures;

    private final RawBson bson;

    private final RawValue value;

    private final BatchRewriter output;

    private final CurrentPath trail;

    private int depth;

    /**
     * Creates the masking of a batch.
     *
     * @param strict whether a field without a rule is a failure
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

    /** Masks all documents by a tree of rules. */
    DocumentBatch by(FieldNode root) {
        int at = 0;
        for (int i = 0; i < batch.documents(); i++) {
            ElementCursor document = new ElementCursor(bson, at, batch.length());
            int position = output.positionOf(at);
            visit(document, element -> named(root, element));
            at = document.end();
            requireNotTooLarge(output.positionOf(at) - position);
        }
        if (at != batch.length()) {
            throw failures.malformed();
        }
        return output.result();
    }

    private void requireNotTooLarge(int length) {
        if (length > LARGEST_DOCUMENT) {
            throw failures.tooLarge(length);
        }
    }

    /** Visits all elements, then corrects the length of the document or array. */
    private void visit(ElementCursor container, Consumer<ElementCursor> each) {
        if (++depth > MAX_DEPTH) {
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
        } else if (strict && !(depth == 1 && at.isGeneratedId())) {
            throw failures.unclassified(trail.toString());
        }
        trail.leave();
    }

    private void field(FieldNode field, ElementCursor at) {
        FieldMask mask = field.mask();
        if (mask != null) {
            mask(mask, at);
        } else if (!field.isKept()) {
            traverse(field, at);
        }
    }

    private void traverse(FieldNode field, ElementCursor at) {
        switch (at.type()) {
            case DOCUMENT -> visit(at.inner(), element -> named(field, element));
            case ARRAY -> {
                if (field.isNumbered()) {
                    throw failures.noElement(trail.toString());
                }
                visit(at.inner(), element -> traverse(field, element));
            }
            default -> {
                if (at.holdsValue()) {
                    throw failures.notADocument(trail.toString(), at.type());
                }
            }
        }
    }

    private void mask(FieldMask mask, ElementCursor at) {
        switch (at.type()) {
            case DOCUMENT, ARRAY -> visit(at.inner(), element -> mask(mask, element));
            default -> {
                if (at.holdsValue()) {
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
            throw failures.unsupported(trail.toString(), at.type(), mask.description());
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
