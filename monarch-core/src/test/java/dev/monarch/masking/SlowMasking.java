package dev.monarch.masking;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.BsonValue;

/**
 * A simple reference implementation of masking: compares the whole path of each value as a string.
 *
 * @param masked the masked paths and their functions
 * @param kept the kept paths
 * @param strict whether every path needs a rule
 */
record SlowMasking(Map<String, UnaryOperator<BsonValue>> masked, Set<String> kept, boolean strict) {

    /** Thrown if the transfer must fail. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    BsonDocument by(BsonDocument document) {
        return document(document, "", true);
    }

    private BsonDocument document(BsonDocument document, String path, boolean top) {
        BsonDocument other = new BsonDocument();
        document.forEach((name, value) -> {
            String at = top ? name : path + "." + name;
            if (strict && !isClassified(at) && !(top && isInnocentId(name, value))) {
                throw new Refused();
            }
            other.append(name, value(value, at));
        });
        return other;
    }

    private BsonValue value(BsonValue value, String path) {
        if (value instanceof BsonDocument document) {
            return document(document, path, false);
        }
        if (value instanceof BsonArray array) {
            if (rulesWithin(path) && anyRule(rule -> rule.matches(Pattern.quote(path) + "\\.\\d+(\\..*)?"))) {
                throw new Refused();
            }
            BsonArray other = new BsonArray();
            array.forEach(element -> other.add(value(element, path)));
            return other;
        }
        if (saysNothing(value)) {
            return value;
        }
        if (rulesWithin(path)) {
            throw new Refused();
        }
        return masked.entrySet().stream()
                .filter(rule -> isWithin(path, rule.getKey()))
                .findFirst()
                .map(rule -> rule.getValue().apply(value))
                .orElse(value);
    }

    private boolean isClassified(String path) {
        return rulesWithin(path) || anyRule(rule -> isWithin(path, rule));
    }

    private boolean rulesWithin(String path) {
        return anyRule(rule -> rule.startsWith(path + "."));
    }

    private boolean anyRule(Predicate<String> test) {
        return masked.keySet().stream().anyMatch(test)
                || strict && kept.stream().anyMatch(test);
    }

    private static boolean isWithin(String path, String rule) {
        return path.equals(rule) || path.startsWith(rule + ".");
    }

    private static boolean isInnocentId(String name, BsonValue value) {
        if (!name.equals("_id")) {
            return false;
        }
        return value.isObjectId()
                || value.isBinary()
                        && (value.asBinary().getType() == 3 || value.asBinary().getType() == 4)
                        && value.asBinary().getData().length == 16;
    }

    private static boolean saysNothing(BsonValue value) {
        BsonType type = value.getBsonType();
        return type == BsonType.NULL
                || type == BsonType.UNDEFINED
                || type == BsonType.MIN_KEY
                || type == BsonType.MAX_KEY;
    }
}
