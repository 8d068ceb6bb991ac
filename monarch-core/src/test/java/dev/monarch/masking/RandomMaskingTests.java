package dev.monarch.masking;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.monarch.TransferFailedException;
import dev.monarch.engine.masking.MaskingRules;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares masking with {@link SlowMasking}, on random documents and rules. */
class RandomMaskingTests {

    private static final int RULES = 500;

    private static final int DOCUMENTS = 50;

    /** Shorter, longer, of another type, empty and nested. */
    private static final List<UnaryOperator<BsonValue>> FUNCTIONS = List.of(
            value -> new BsonBoolean(true),
            value -> new BsonString("masked ".repeat(40) + value.getBsonType()),
            value -> new BsonInt32(value.hashCode()),
            value -> new BsonDocument("masked", new BsonArray(List.of(new BsonInt32(1)))),
            value -> value);

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void maskingEqualsTheReferenceImplementation(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < RULES; i++) {
            Rules rules = Rules.any(random);
            for (int j = 0; j < DOCUMENTS; j++) {
                refused += compare(rules, RandomDocuments.document(random, 4), seed) ? 0 : 1;
            }
        }
        assertThat(refused).isBetween(RULES * DOCUMENTS / 20, RULES * DOCUMENTS * 19 / 20);
    }

    private static boolean compare(Rules rules, BsonDocument document, long seed) {
        BsonDocument expected;
        try {
            expected = rules.slow().by(document);
        } catch (SlowMasking.Refused e) {
            expected = null;
        }
        BsonDocument masked;
        try {
            masked = Masked.by(rules.rules(), document);
        } catch (TransferFailedException e) {
            masked = null;
        }
        assertThat(masked).as("%s by %s, seed %s", document, rules, seed).isEqualTo(expected);
        return expected != null;
    }

    /** The same rules for both. */
    private record Rules(MaskingRules rules, SlowMasking slow) {

        private static Rules any(Random random) {
            boolean strict = random.nextInt(3) == 0;
            MaskingRules rules = strict ? MaskingRules.NONE.failClosed() : MaskingRules.NONE;
            Map<String, UnaryOperator<BsonValue>> masked = new HashMap<>();
            Set<String> kept = new HashSet<>();
            int wanted = 1 + random.nextInt(strict ? 20 : 6);
            for (int i = 0; i < wanted; i++) {
                String path = path(random);
                try {
                    if (random.nextInt(3) == 0) {
                        rules = rules.keep(Masked.COLLECTION, path);
                        kept.add(path);
                    } else {
                        UnaryOperator<BsonValue> function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
                        rules = rules.mask(Masked.COLLECTION, path, Masker.function("any", function));
                        masked.put(path, function);
                    }
                } catch (IllegalArgumentException e) {
                    assertThat(e).hasMessageContaining("'" + path + "'");
                }
            }
            return new Rules(rules, new SlowMasking(masked, kept, strict));
        }

        private static String path(Random random) {
            StringBuilder path = new StringBuilder(name(random));
            while (random.nextInt(3) == 0) {
                path.append('.').append(name(random));
            }
            return path.toString();
        }

        private static String name(Random random) {
            return RandomDocuments.NAMES.get(random.nextInt(RandomDocuments.NAMES.size()));
        }
    }
}
