package dev.monarch.masking;

import java.time.Duration;
import java.util.function.UnaryOperator;

import org.bson.BsonValue;

import dev.monarch.engine.masking.DateMask;
import dev.monarch.engine.masking.DigestMask;
import dev.monarch.engine.masking.FakeEmail;
import dev.monarch.engine.masking.FakeNames;
import dev.monarch.engine.masking.FunctionMask;
import dev.monarch.engine.masking.NumberInRange;
import dev.monarch.engine.masking.SameShapeText;
import dev.monarch.engine.masking.SameSizeNumber;
import dev.monarch.engine.masking.TextMask;

/**
 * What makes another value of a value.
 *
 * <p>Of arrays and documents every value within is masked. A value that says nothing stays: null, undefined, an empty text,
 * the smallest and the largest key. A value that a masker is not made for ends the transfer; it never passes unmasked.
 *
 * <p>Under one {@link MaskingKey} the same masker makes the same of the same value, in whatever collection, so that what
 * referred to each other still does. Values are the same if MongoDB takes them to be equal: the int 5, the long 5, the
 * double 5.0 and the decimal 5.00 are; strings that differ in case only are not. Immutable.
 */
public sealed interface Masker permits KeyedMasker {

    /**
     * Makes valid mail addresses at {@code example.com}, which is nobody's.
     *
     * <p>Different texts become different addresses (80 bits of them differ), so unique indexes hold. For strings.
     *
     * @return the masker {@code email}
     */
    static Masker email() {
        return KeyedMasker.texts("email", FakeEmail::of);
    }

    /**
     * Makes given and family names, such as {@code Clara Novak}.
     *
     * <p>There are 4096 of them: the same person has the same name everywhere, but different persons may share one. For
     * strings.
     *
     * @return the masker {@code name}
     */
    static Masker name() {
        return KeyedMasker.texts("name", FakeNames::full);
    }

    /**
     * Makes given names, such as {@code Clara}: 64 of them. For strings.
     *
     * @return the masker {@code given name}
     */
    static Masker givenName() {
        return KeyedMasker.texts("given name", FakeNames::given);
    }

    /**
     * Makes family names, such as {@code Novak}: 64 of them. For strings.
     *
     * @return the masker {@code family name}
     */
    static Masker familyName() {
        return KeyedMasker.texts("family name", FakeNames::family);
    }

    /**
     * Makes telephone numbers of the same format: plus sign, spaces, punctuation and zeros in front stay, other digits
     * become digits, letters become letters.
     *
     * <p>Different short numbers may become the same. For strings, and for numbers as {@link #number()} does.
     *
     * @return the masker {@code phone}
     */
    static Masker phone() {
        return new KeyedMasker(
                "phone", digest -> new TextMask(digest, SameShapeText::phone).or(new SameSizeNumber(digest)));
    }

    /**
     * Makes nonsense of the same shape: spaces and punctuation stay, digits become digits, capitals become capitals from A
     * to Z, and everything else a small letter.
     *
     * <p>Different short texts may become the same; one of nothing but punctuation stays as it is. For strings.
     *
     * @return the masker {@code text}
     */
    static Masker text() {
        return KeyedMasker.texts("text", SameShapeText::text);
    }

    /**
     * Makes numbers of the same type and sign, with as many digits before the point, and after it if those are at most nine.
     *
     * <p>Whole numbers are masked alike whatever their type, as far as doubles are exact (2<sup>53</sup>); others alike
     * within their type. Different numbers may become the same. For ints, longs, doubles and decimals.
     *
     * @return the masker {@code number}
     */
    static Masker number() {
        return new KeyedMasker("number", SameSizeNumber::new);
    }

    /**
     * Makes whole numbers in a range, of the same type as before.
     *
     * <p>Numbers are masked alike whatever their type; different ones may become the same. For ints, if the range is one of
     * ints, and for longs, doubles and decimals.
     *
     * @param least the least of them
     * @param greatest the greatest of them
     * @return the masker {@code number}
     * @throws IllegalArgumentException if there are none between
     */
    static Masker number(long least, long greatest) {
        if (least > greatest) {
            throw new IllegalArgumentException("There is no number from " + least + " to " + greatest + ".");
        }
        return new KeyedMasker("number", digest -> new NumberInRange(digest, least, greatest));
    }

    /**
     * Moves dates, back or forth; those at midnight UTC by whole days, if {@code within} is a day or more.
     *
     * <p>The same date moves by the same distance; the order of dates, and what lies between them, is not kept. For dates,
     * not for timestamps, and not for dates in strings.
     *
     * @param within how far at most; from a millisecond to a thousand years
     * @return the masker {@code date}
     * @throws IllegalArgumentException if it is too short or too long
     */
    static Masker date(Duration within) {
        if (within.compareTo(Duration.ofMillis(1)) < 0 || within.compareTo(KeyedMasker.LONGEST_MOVE) > 0) {
            throw new IllegalArgumentException(
                    "Dates are moved within a millisecond to a thousand years, not within " + within + ".");
        }
        return new KeyedMasker("date", digest -> new DateMask(digest, within.toMillis()));
    }

    /**
     * Makes a string of 64 hexadecimal digits: HMAC-SHA-256 under the key. Different values never become the same.
     *
     * <p>For values of every type, which all become strings.
     *
     * @return the masker {@code keyed hash}
     */
    static Masker keyedHash() {
        return new KeyedMasker("keyed hash", DigestMask::new);
    }

    /**
     * Masks by a function of one's own, which the key has no part in.
     *
     * <p>It is called from several threads, each time with neither a document nor an array, and has to make the same of the
     * same value: a collection may have to be read again. If it throws, or returns null, the transfer ends; the message of
     * what it throws is withheld, for it may hold the value.
     *
     * @param name what it is called in messages and manifests
     * @param function makes another value, of any type
     * @return the masker of that name
     */
    static Masker function(String name, UnaryOperator<BsonValue> function) {
        return new KeyedMasker(name, digest -> new FunctionMask(function));
    }

    /**
     * Returns what it is called in messages and manifests: without range, distance or anything else that helps to undo it.
     *
     * @return its name
     */
    String description();

    /**
     * Something that is masked, for those who have to know: a manifest, a report.
     *
     * @param collection the collection's name
     * @param path the path of the field; empty for the whole document, which a function was applied to
     * @param masker what the masker is called
     */
    public record MaskedField(String collection, String path, String masker) {}
}
