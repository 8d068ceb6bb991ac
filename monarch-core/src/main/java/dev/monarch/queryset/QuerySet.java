package dev.monarch.queryset;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Says which part of a database is backed up or copied; a bean of any stereotype.
 *
 * <p>Collections it does not speak of are taken whole, unless it calls {@link QuerySetContext#only}.
 */
public interface QuerySet {

    /**
     * Says what is wanted, once for each backup or copy; nothing is read for it before {@code run} has returned.
     *
     * @param context takes the wishes, and gives the source to look at and the values of the parameters
     */
    void run(QuerySetContext context);

    /**
     * Returns what it is called on the command line.
     *
     * @return a name no other query set of the application has; the simple name of the class unless overridden
     */
    default String name() {
        return ClassUtils.getUserClass(this).getSimpleName();
    }

    /**
     * Declares the parameters; all values are there and understood before {@link #run} is called.
     *
     * @return the parameters, none unless overridden
     */
    default List<Parameter<?>> parameters() {
        return List.of();
    }

    /**
     * Something a {@link QuerySet} has to be told: {@code Parameter.integer("accountId").describedAs("whose data").secret()}.
     *
     * <p>Immutable: each method returns another parameter. It must be given unless it has a default.
     *
     * @param <T> what its values are
     */
    public static final class Parameter<T> {

        private static final String DATE = "\\d{4}-\\d{2}-\\d{2}";

        private final String name;

        private final Notation<T> notation;

        private final String description;

        private final @Nullable T defaultValue;

        private final boolean secret;

        /**
         * How values are typed.
         *
         * @param type what they are, in words
         * @param parser understands a text
         * @param writer writes what the parser understands
         */
        private record Notation<T>(String type, Function<String, T> parser, Function<T, String> writer) {}

        private Parameter(
                String name, Notation<T> notation, String description, @Nullable T defaultValue, boolean secret) {
            if (name.isBlank() || name.contains("=")) {
                throw new IllegalArgumentException(
                        "a parameter's name must not be blank or contain '=': '" + name + "'");
            }
            this.name = name;
            this.notation = notation;
            this.description = description;
            this.defaultValue = defaultValue;
            this.secret = secret;
        }

        /**
         * Declares a parameter of a type of one's own.
         *
         * @param name its name
         * @param type what its values are, in words that fit after "is to be": {@code a postcode}
         * @param parser understands a text, or throws
         * @param <T> what its values are
         * @return the parameter
         */
        public static <T> Parameter<T> of(String name, String type, Function<String, T> parser) {
            return new Parameter<>(name, new Notation<>(type, parser, String::valueOf), "", null, false);
        }

        /**
         * Declares a text.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<String> string(String name) {
            return of(name, "a text", text -> text);
        }

        /**
         * Declares a whole number of 32 bits.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<Integer> integer(String name) {
            return of(name, "an integer", Integer::valueOf);
        }

        /**
         * Declares a whole number of 64 bits.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<Long> longInteger(String name) {
            return of(name, "an integer", Long::valueOf);
        }

        /**
         * Declares a number.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<BigDecimal> decimal(String name) {
            return of(name, "a number", BigDecimal::new);
        }

        /**
         * Declares a switch.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<Boolean> bool(String name) {
            return of(name, "true or false", Parameter::yesOrNo);
        }

        /**
         * Declares a moment: {@code 2026-11-20T10:30:00Z}, with another offset, or {@code 2026-11-20} for the beginning of that
         * day in UTC.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<Instant> instant(String name) {
            return of(name, "a date (2026-11-20, in UTC) or a time (2026-11-20T10:30:00Z)", Parameter::moment);
        }

        /**
         * Declares an ObjectId, written as 24 hexadecimal digits.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<ObjectId> objectId(String name) {
            return of(name, "an ObjectId (24 hexadecimal digits)", ObjectId::new);
        }

        /**
         * Declares a UUID, written with its dashes.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<UUID> uuid(String name) {
            return of(name, "a UUID", UUID::fromString);
        }

        /**
         * Declares a choice between the constants of an enum, written in upper or lower case.
         *
         * @param name its name
         * @param type the enum
         * @param <E> the enum
         * @return the parameter
         */
        public static <E extends Enum<E>> Parameter<E> oneOf(String name, Class<E> type) {
            String choices = Stream.of(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
            return of(
                    name,
                    "one of " + choices,
                    text -> Enum.valueOf(type, text.strip().toUpperCase(Locale.ROOT)));
        }

        /**
         * Makes it a list, whose elements are separated by commas.
         *
         * @return another parameter, without a default
         */
        public Parameter<List<T>> list() {
            Notation<List<T>> list = new Notation<>(
                    "a list, separated by commas, each " + notation.type(),
                    text -> Arrays.stream(text.split(",", -1))
                            .map(String::strip)
                            .map(notation.parser())
                            .toList(),
                    values -> values.stream().map(notation.writer()).collect(Collectors.joining(",")));
            return new Parameter<>(name, list, description, null, secret);
        }

        /**
         * Says what it is for.
         *
         * @param newDescription a few words, for whoever is asked
         * @return another parameter
         */
        public Parameter<T> describedAs(String newDescription) {
            return new Parameter<>(name, notation, newDescription, defaultValue, secret);
        }

        /**
         * Says what it is if nobody says otherwise.
         *
         * @param newDefault the value
         * @return another parameter, which need not be given
         */
        public Parameter<T> withDefault(T newDefault) {
            return new Parameter<>(name, notation, description, newDefault, secret);
        }

        /**
         * Keeps its value out of messages and manifests, and hidden while it is typed.
         *
         * @return another parameter
         */
        public Parameter<T> secret() {
            return new Parameter<>(name, notation, description, defaultValue, true);
        }

        /**
         * Returns its name.
         *
         * @return the name
         */
        public String name() {
            return name;
        }

        /**
         * Returns what its values are.
         *
         * @return words that fit after "is to be"
         */
        public String type() {
            return notation.type();
        }

        /**
         * Returns what it is for.
         *
         * @return a few words, or an empty text
         */
        public String description() {
            return description;
        }

        /**
         * Returns the default, as it would be typed.
         *
         * @return the default, or nothing if the parameter must be given
         */
        public Optional<String> defaultText() {
            return Optional.ofNullable(defaultValue).map(notation.writer());
        }

        /**
         * Tells whether its value is kept out of messages.
         *
         * @return true if so
         */
        public boolean isSecret() {
            return secret;
        }

        /**
         * Understands a value as it was typed.
         *
         * @param text the text
         * @return the value
         * @throws IllegalArgumentException if it is not of this type; the message is a sentence that says so, without the value
         *     of a secret
         */
        public T parse(String text) {
            try {
                return notation.parser().apply(text);
            } catch (RuntimeException e) {
                // What the parser says holds the text.
                throw new IllegalArgumentException(
                        "'" + name + "' is to be " + notation.type() + (secret ? "." : ", but is '" + text + "'."),
                        secret ? null : e);
            }
        }

        @Nullable
        T defaultValue() {
            return defaultValue;
        }

        private static Boolean yesOrNo(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true", "yes" -> true;
                case "false", "no" -> false;
                default -> throw new IllegalArgumentException(text);
            };
        }

        private static Instant moment(String text) {
            return text.strip().matches(DATE)
                    ? LocalDate.parse(text.strip()).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text.strip()).toInstant();
        }

        @Override
        public String toString() {
            return name + " (" + notation.type() + ")";
        }
    }
}
