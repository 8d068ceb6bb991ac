package dev.monarch.engine.masking;

import java.util.List;

import dev.monarch.engine.transfer.DocumentTransform;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.masking.MaskingKey;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/** Rules bound to a key: what masks the documents of one transfer. Safe for use by several threads. */
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
     * Returns what masks the documents of a collection; asked again, something that does the same.
     *
     * <p>It throws {@link dev.monarch.TransferFailedException}, naming collection and path but no value, for what it cannot
     * mask or, in the fail-closed mode, nobody has classified; and if a document becomes larger than 16 MiB.
     *
     * @param collection the collection
     * @return {@link DocumentTransform#NONE} if its documents stay as they are; for one thread at a time
     * @throws dev.monarch.TransferFailedException if the documents of such a collection cannot be masked
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
     * Returns what is masked, for manifests and reports: never the key.
     *
     * @return by collection and path
     */
    public List<MaskedField> maskedFields() {
        return rules.maskedFields();
    }

    /**
     * Returns a text without the key.
     *
     * @return what is masked
     */
    @Override
    public String toString() {
        return "Masking" + maskedFields();
    }
}
