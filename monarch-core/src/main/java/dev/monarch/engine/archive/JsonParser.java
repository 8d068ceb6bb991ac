package dev.monarch.engine.archive;

import java.util.Map;

import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Parses JSON (RFC 8259) without interpreting keys such as {@code $date}, which {@link ExtendedJson} does. The
 * driver's JSON reader interprets them while it parses.
 */
final class JsonParser {

    /** The limit of the MongoDB tools' parser. MongoDB stores no document with deeper nesting. */
    private static final int MAX_DEPTH = 200;

    private static final Map<String, Double> ODD_NUMBERS = Map.of(
            "NaN", Double.NaN,
            "Infinity", Double.POSITIVE_INFINITY,
            "+Infinity", Double.POSITIVE_INFINITY,
            "-Infinity", Double.NEGATIVE_INFINITY);

    private final String text;

    /** Whether keys may lack their quotation marks, as some of mongodump 2.4 do, and numbers may be infinite. */
    private final boolean bareKeys;

    private int at;

    private int depth;

    private JsonParser(String text, boolean bareKeys) {
        this.text = text;
        this.bareKeys = bareKeys;
    }

    /**
     * Parses a text.
     *
     * @throws IllegalArgumentException if the text is not a JSON object, or nests too deeply
     */
    static BsonDocument parse(String text) {
        return parse(new JsonParser(text, false));
    }

    /**
     * Parses a text in which keys may lack their quotation marks.
     *
     * @throws IllegalArgumentException if the text is not a JSON object, or nests too deeply
     */
    static BsonDocument parseWithBareKeys(String text) {
        return parse(new JsonParser(text, true));
    }

    private static BsonDocument parse(JsonParser json) {
        BsonValue value = json.value();
        json.skipSpace();
        if (json.at < json.text.length() || !(value instanceof BsonDocument document)) {
            throw json.unexpected();
        }
        return document;
    }

    private BsonValue value() {
        skipSpace();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new BsonString(string());
            case 't' -> word("true", BsonBoolean.TRUE);
            case 'f' -> word("false", BsonBoolean.FALSE);
            case 'n' -> word("null", BsonNull.VALUE);
            default -> bareKeys && isOddNumber() ? oddNumber() : number();
        };
    }

    /** Tools before 100.0 wrote these numbers, which JSON does not have. */
    private boolean isOddNumber() {
        return ODD_NUMBERS.keySet().stream().anyMatch(word -> text.startsWith(word, at));
    }

    private BsonValue oddNumber() {
        return ODD_NUMBERS.entrySet().stream()
                .filter(odd -> text.startsWith(odd.getKey(), at))
                .findFirst()
                .map(odd -> word(odd.getKey(), new BsonDouble(odd.getValue())))
                .orElseThrow(this::unexpected);
    }

    private BsonDocument object() {
        BsonDocument object = new BsonDocument();
        enter('{');
        while (!leave('}', object.isEmpty())) {
            skipSpace();
            String key = bareKeys && peek() != '"' ? bareKey() : string();
            skipSpace();
            require(':');
            object.put(key, value());
        }
        return object;
    }

    private BsonArray array() {
        BsonArray array = new BsonArray();
        enter('[');
        while (!leave(']', array.isEmpty())) {
            array.add(value());
        }
        return array;
    }

    private void enter(char opening) {
        require(opening);
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("The JSON nests deeper than " + MAX_DEPTH + " levels");
        }
    }

    /** Skips the closing character, or the comma before another element. */
    private boolean leave(char closing, boolean first) {
        skipSpace();
        if (peek() == closing) {
            at++;
            depth--;
            return true;
        }
        if (!first) {
            require(',');
        }
        return false;
    }

    private String string() {
        require('"');
        StringBuilder string = new StringBuilder();
        for (char next = next(); next != '"'; next = next()) {
            string.append(next == '\\' ? escaped() : next);
        }
        return string.toString();
    }

    private String bareKey() {
        int begin = at;
        while (Character.isJavaIdentifierPart(peek())) {
            at++;
        }
        if (at == begin) {
            throw unexpected();
        }
        return text.substring(begin, at);
    }

    private char escaped() {
        char escaped = next();
        return switch (escaped) {
            case '"', '\\', '/', '\'' -> escaped;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
            default -> throw unexpected();
        };
    }

    private int hex() {
        int digit = Character.digit(next(), 16);
        if (digit < 0) {
            throw unexpected();
        }
        return digit;
    }

    private BsonValue number() {
        int begin = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(begin, at);
        if (number.isEmpty()) {
            throw unexpected();
        }
        if (number.chars().anyMatch(character -> ".eE".indexOf(character) >= 0)) {
            return new BsonDouble(Double.parseDouble(number));
        }
        long whole = Long.parseLong(number);
        return whole == (int) whole ? new BsonInt32((int) whole) : new BsonInt64(whole);
    }

    private BsonValue word(String word, BsonValue value) {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
        return value;
    }

    private void require(char character) {
        if (peek() != character) {
            throw unexpected();
        }
        at++;
    }

    private char next() {
        char next = peek();
        at++;
        return next;
    }

    private char peek() {
        if (at >= text.length()) {
            throw unexpected();
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(
                "The text is not a JSON object: unexpected character at position " + (at + 1));
    }
}
