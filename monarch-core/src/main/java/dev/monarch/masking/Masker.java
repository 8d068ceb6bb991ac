package dev.monarch.masking;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.bson.BsonValue;

import dev.monarch.engine.Checks;
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
 * Replaces values.
 *
 * <p>In arrays and documents, every value inside is masked. Null, undefined, empty strings, MinKey and MaxKey do not
 * change. If a masker does not support a value, the transfer fails; the value never passes unmasked.
 *
 * <p>With one {@link MaskingKey}, a masker replaces equal values by equal values in all collections, so that
 * references stay intact. Values are equal if MongoDB considers them equal: the int 5, the long 5, the double 5.0 and
 * the decimal 5.00 are; strings that differ only in case are not. Immutable.
 */
public sealed interface Masker permits KeyedMasker {

    /**
     * Makes valid email addresses in the reserved domain {@code example.com}.
     *
     * <p>Different strings become different addresses (80 bits of randomness), so unique indexes stay valid. For
     * strings.
     *
     * @return the masker {@code email}
     */
    static Masker email() {
        return KeyedMasker.texts("email", FakeEmail::of);
    }

    /**
     * Makes given and family names, such as {@code Clara Novak}.
     *
     * <p>There are 4096 names. The same name always has the same replacement, but different names may share one. For
     * strings.
     *
     * @return the masker {@code name}
     */
    static Masker name() {
        return KeyedMasker.texts("name", FakeNames::full);
    }

    /**
     * Makes given names, such as {@code Clara}. There are 64. For strings.
     *
     * @return the masker {@code given name}
     */
    static Masker givenName() {
        return KeyedMasker.texts("given name", FakeNames::given);
    }

    /**
     * Makes family names, such as {@code Novak}. There are 64. For strings.
     *
     * @return the masker {@code family name}
     */
    static Masker familyName() {
        return KeyedMasker.texts("family name", FakeNames::family);
    }

    /**
     * Makes phone numbers of the same format. Plus signs, spaces, punctuation and leading zeros stay. Other digits
     * become digits, letters become letters.
     *
     * <p>Different short numbers may become equal. For strings; numbers are masked as by {@link #number()}.
     *
     * @return the masker {@code phone}
     */
    static Masker phone() {
        return new KeyedMasker(
                "phone", digest -> new TextMask(digest, SameShapeText::phone).or(new SameSizeNumber(digest)));
    }

    /**
     * Makes random text of the same shape. Spaces and punctuation stay. Digits become digits, capital letters become
     * capital letters from A to Z, everything else becomes a small letter.
     *
     * <p>Different short strings may become equal. A string that contains only punctuation does not change. For
     * strings.
     *
     * @return the masker {@code text}
     */
    static Masker text() {
        return KeyedMasker.texts("text", SameShapeText::text);
    }

    /**
     * Makes numbers of the same type and sign, with the same number of digits before the point, and after it if there
     * are at most nine.
     *
     * <p>Equal whole numbers of different types have equal replacements, as far as doubles are exact
     * (2<sup>53</sup>); other numbers only within their type. Different numbers may become equal. For ints, longs,
     * doubles and decimals.
     *
     * @return the masker {@code number}
     */
    static Masker number() {
        return new KeyedMasker("number", SameSizeNumber::new);
    }

    /**
     * Makes whole numbers in a range, of the same type as the original.
     *
     * <p>Equal numbers of different types have equal replacements. Different numbers may become equal. For longs,
     * doubles and decimals; for ints if the range fits into an int.
     *
     * @param least the lower bound, inclusive
     * @param greatest the upper bound, inclusive
     * @return the masker {@code number}
     * @throws IllegalArgumentException if {@code least} is greater than {@code greatest}
     */
    static Masker number(long least, long greatest) {
        if (least > greatest) {
            throw new IllegalArgumentException(
                    "least must not be greater than greatest, but is " + least + " with " + greatest);
        }
        return new KeyedMasker("number", digest -> new NumberInRange(digest, least, greatest));
    }

    /**
     * Moves dates backward or forward. Dates at midnight UTC move by whole days if {@code within} is at least a day.
     *
     * <p>Equal dates move by the same distance. The order of dates and the time between them change. For dates; not
     * for timestamps, and not for dates in strings.
     *
     * @param within the maximum distance, from a millisecond to a thousand years
     * @return the masker {@code date}
     * @throws IllegalArgumentException if {@code within} is too short or too long
     */
    static Masker date(Duration within) {
        if (within.compareTo(Duration.ofMillis(1)) < 0 || within.compareTo(KeyedMasker.LONGEST_MOVE) > 0) {
            throw new IllegalArgumentException(
                    "within must be from a millisecond to a thousand years, but is " + within);
        }
        return new KeyedMasker("date", digest -> new DateMask(digest, within.toMillis()));
    }

    /**
     * Makes a string of 64 hexadecimal digits: the HMAC-SHA-256 with the key. Different values stay different.
     *
     * <p>For values of all types; all become strings.
     *
     * @return the masker {@code keyed hash}
     */
    static Masker keyedHash() {
        return new KeyedMasker("keyed hash", DigestMask::new);
    }

    /**
     * Masks with your own function. The masking key is not used.
     *
     * <p>The function is called from several threads, never with a document or an array. It must return the same
     * result for the same value, because a collection may be read again. If it throws or returns null, the transfer
     * fails. The message of its exception is withheld, because it may contain the value.
     *
     * @param name the name of the masker in messages and manifests
     * @param function returns the replacement, of any type
     * @return the masker of that name
     */
    static Masker function(String name, UnaryOperator<BsonValue> function) {
        return new KeyedMasker(name, digest -> new FunctionMask(function));
    }

    /**
     * Returns the name of the masker in messages and manifests. It reveals no range, distance or other detail.
     *
     * @return the name
     */
    String description();

    /**
     * A masked field, for manifests and reports.
     *
     * @param collection the collection's name
     * @param path the path of the field; empty if a function was applied to the whole document
     * @param masker the name of the masker
     */
    public record MaskedField(String collection, String path, String masker) {

        /**
         * Creates a field.
         *
         * @throws IllegalArgumentException if {@code collection} is empty
         */
        public MaskedField {
            Checks.notEmpty("collection", collection);
        }
    }

    /**
     * The secret on which masked values depend. With the same key, a value always has the same replacement.
     *
     * <p>Anyone who knows the key can guess the original of a masked value, so it is as sensitive as the data. Monarch
     * never writes it, and {@link #toString()} does not show it. Immutable.
     */
    public static final class MaskingKey {

        /** Prevents guessing the key by brute force. */
        private static final int FEWEST_BYTES = 16;

        private static final String ALGORITHM = "HmacSHA256";

        private final byte[] secret;

        private MaskingKey(byte[] secret) {
            if (secret.length < FEWEST_BYTES) {
                throw new IllegalArgumentException("A masking key needs at least " + FEWEST_BYTES + " bytes, but has "
                        + secret.length + "; use a long random one.");
            }
            this.secret = secret;
        }

        /**
         * Creates a key from a string.
         *
         * @param secret at least 16 bytes of UTF-8, hard to guess
         * @return the key
         * @throws IllegalArgumentException if it is too short
         */
        public static MaskingKey of(String secret) {
            return new MaskingKey(secret.getBytes(StandardCharsets.UTF_8));
        }

        /**
         * Creates a key from bytes.
         *
         * @param secret at least 16 bytes, which are copied
         * @return the key
         * @throws IllegalArgumentException if it is too short
         */
        public static MaskingKey of(byte[] secret) {
            return new MaskingKey(secret.clone());
        }

        /**
         * Creates a random key for a single run. Equal values stay equal within the run, but differ in other runs.
         *
         * @return a new key
         */
        public static MaskingKey random() {
            byte[] secret = new byte[32];
            new SecureRandom().nextBytes(secret);
            return new MaskingKey(secret);
        }

        /**
         * Creates an HMAC with this key, for one thread at a time. It does not reveal the secret.
         *
         * @return an initialized HMAC
         */
        public Mac mac() {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(new SecretKeySpec(secret, ALGORITHM));
                return mac;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This Java platform does not support " + ALGORITHM, e);
            }
        }

        /** {@return a text without the secret} */
        @Override
        public String toString() {
            return "MaskingKey[hidden]";
        }
    }
}
