package dev.monarch.queryset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

import dev.monarch.engine.masking.MaskingRules;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.Subset;
import dev.monarch.masking.Masker.MaskingKey;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/** Follows many references through a simulated database. */
final class ManyReferencesProcess {

    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private ManyReferencesProcess() {}

    /** From orders to customers, twice each, and from each customer to a town. */
    public static void main(String[] arguments) {
        int count = Integer.parseInt(arguments[0]);
        List<Reference> references = List.of(
                new Reference("orders", QueriedField.of("customer"), "customers", QueriedField.of("_id")),
                new Reference("customers", QueriedField.of("town"), "towns", QueriedField.of("_id")));
        SubsetRules subsetRules =
                new SubsetRules(Map.of("orders", Set.of(new BsonDocument())), references, Optional.empty(), List.of());
        QuerySetSubset choice = new QuerySetSubset(
                new QuerySetCall("production", "run the query set 'Many'", "Many", Map.of(), new Secrets(List.of())),
                subsetRules,
                MaskingRules.NONE,
                MaskingKey.random(),
                ChunkLimits.DEFAULT,
                "monarch.history");
        Catalogue catalogue = new Catalogue(
                "shop",
                Stream.of("orders", "customers", "towns")
                        .map(ManyReferencesProcess::collection)
                        .toList());

        try (Subset subset = choice.select(
                catalogue, (collection, filter, projection, consumer) -> answer(count, collection, filter, consumer))) {
            System.out.println(
                    "taken " + count(subset, "customers") + " customers, " + count(subset, "towns") + " towns");
        }
    }

    private static CollectionDescription collection(String name) {
        return new CollectionDescription(name, CollectionType.COLLECTION, new BsonDocument(), List.of(), null);
    }

    private static void answer(int count, String collection, BsonDocument filter, Consumer<RawBsonDocument> consumer) {
        if (collection.equals("orders")) {
            IntStream.range(0, 2 * count)
                    .mapToObj(i -> new BsonDocument("customer", new BsonString("customer-" + i % count)))
                    .forEach(order -> consumer.accept(new RawBsonDocument(order, CODEC)));
            return;
        }
        for (BsonValue id : filter.getDocument("_id").getArray("$in")) {
            BsonDocument found = new BsonDocument("_id", id);
            if (collection.equals("customers")) {
                found.append("town", new BsonInt32(id.asString().getValue().hashCode()));
            }
            consumer.accept(new RawBsonDocument(found, CODEC));
        }
    }

    private static long count(Subset subset, String collection) {
        long count = 0;
        for (BsonDocument filter : subset.filters(collection)) {
            count += filter.getDocument("_id").getArray("$in").size();
        }
        return count;
    }
}
