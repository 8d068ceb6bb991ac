package dev.monarch.engine.masking;

import java.util.List;

import dev.monarch.engine.transfer.DocumentTransform;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.masking.Masker.MaskingKey;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/** Masks the documents of one transfer: rules bound to a key. Thread-safe. */
public final class Masking {

    private final MaskingRules rules;

    private final MaskingKey key;

    private final String operation;

    private final String environment;

    Masking(MaskingRules rules, MaskingKey key, String operation, String environment) {
        this.rules = rules;
        this.key = key;
        this.operation = operation;
        this.environment = environment;
    }

    /**
     * Returns the transform that masks the documents of a collection. Each call returns an equivalent one.
     *
     * <p>The transform throws {@link dev.monarch.TransferFailedException} if it cannot mask a value, if a field has
     * no rule in the fail-closed mode, or if a document becomes larger than 16 MiB. The message names collection and
     * path, but no value.
     *
     * @param collection the collection
     * @return the transform, for one thread at a time; {@link DocumentTransform#NONE} if the documents do not change
     * @throws dev.monarch.TransferFailedException if the documents of this type of collection cannot be masked
     */
    public DocumentTransform transform(CollectionDescription collection) {
        CollectionRules of = rules.rules(collection.name());
        MaskingFailures failures = new MaskingFailures(operation, environment, collection.name());
        if (collection.type() != CollectionType.COLLECTION) {
            RulesCheck.of(collection, rules).ifPresent(problem -> {
                throw failures.failed(withoutFullStop(problem));
            });
            return DocumentTransform.NONE;
        }
        boolean strict = rules.isFailClosed() && !of.restKept();
        if (!strict && !of.isMasking()) {
            return DocumentTransform.NONE;
        }
        FieldNode root = FieldNode.of(of, key.mac(), strict);
        DocumentTransform fields = batch -> new MaskedDocuments(batch, strict, failures).by(root);
        return of.function() == null ? fields : new FunctionTransform(of.function(), failures, fields);
    }

    private static String withoutFullStop(String sentence) {
        return sentence.substring(0, sentence.length() - 1);
    }

    /**
     * Returns the masked fields, for manifests and reports.
     *
     * @return the fields, sorted by collection and path
     */
    public List<MaskedField> maskedFields() {
        return rules.maskedFields();
    }

    /** {@return the masked fields, without the key} */
    @Override
    public String toString() {
        return "Masking" + maskedFields();
    }
}
