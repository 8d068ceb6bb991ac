package dev.monarch.queryset;

import java.math.BigDecimal;
import java.time.Instant;
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
 * Selects the part of a database that is backed up or copied. Implement it as a Spring bean.
 *
 * <p>Collections that it does not mention are transferred completely, unless it calls {@link QuerySetContext#only}.
 */
public interface QuerySet {

    /**
     * Selects the data. Called once for each backup or copy, before the data is read.
     *
     * @param context records the selection; provides the source database and the parameter values
     */
    void run(QuerySetContext context);

    /**
     * Returns the name of the query set, for example for the command line.
     *
     * @return a name that is unique in the application; by default the simple name of the class
     */
    default String name() {
        return ClassUtils.getUserClass(this).getSimpleName();
    }

    /**
     * Declares the parameters. All values are validated before {@link #run} is called.
     *
     * @return the parameters; none by default
     */
    default List<Parameter<?>> parameters() {
        return List.of();
    }

    /**
     * A parameter of a {@link QuerySet}: {@code Parameter.integer("accountId").describedAs("whose data").secret()}.
     *
     * <p>Immutable: each method returns a changed copy. A parameter without a default is required.
     *
     * @param <T> the type of its values
     */
    public static final class Parameter<T> {

        private final String name;

        private final Notation<T> notation;

        private final String description;

        private final @Nullable T defaultValue;

        private final boolean secret;

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
         * Declares a parameter of a custom type.
         *
         * @param name its name
         * @param type a description of its values that fits after "must be": {@code a postcode}
         * @param parser parses a string, or throws
         * @param <T> the type of its values
         * @return the parameter
         */
        public static <T> Parameter<T> of(String name, String type, Function<String, T> parser) {
            return new Parameter<>(name, new Notation<>(type, parser, String::valueOf), "", null, false);
        }

        /**
         * Declares a string.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<String> string(String name) {
            return of(name, "a string", text -> text);
        }

        /**
         * Declares a 32-bit integer.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<Integer> integer(String name) {
            return of(name, "an integer", Integer::valueOf);
        }

        /**
         * Declares a 64-bit integer.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<Long> longInteger(String name) {
            return of(name, "an integer", Long::valueOf);
        }

        /**
         * Declares a decimal number.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<BigDecimal> decimal(String name) {
            return of(name, "a number", BigDecimal::new);
        }

        /**
         * Declares a boolean.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<Boolean> bool(String name) {
            return of(name, "true or false", Notation::yesOrNo);
        }

        /**
         * Declares a point in time: {@code 2026-11-20T10:30:00Z}, also with another offset, or {@code 2026-11-20} for
         * the start of that day in UTC.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<Instant> instant(String name) {
            return of(name, "a date (2026-11-20, in UTC) or a time (2026-11-20T10:30:00Z)", Notation::moment);
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
         * Declares a UUID, written with dashes.
         *
         * @param name its name
         * @return the parameter
         */
        public static Parameter<UUID> uuid(String name) {
            return of(name, "a UUID", UUID::fromString);
        }

        /**
         * Declares a constant of an enum, written in upper or lower case.
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
         * Makes the parameter a comma-separated list.
         *
         * @return the changed parameter, without a default
         */
        public Parameter<List<T>> list() {
            return new Parameter<>(name, notation.list(), description, null, secret);
        }

        /**
         * Sets the description.
         *
         * @param newDescription a few words, shown in prompts and messages
         * @return the changed parameter
         */
        public Parameter<T> describedAs(String newDescription) {
            return new Parameter<>(name, notation, newDescription, defaultValue, secret);
        }

        /**
         * Sets the default value.
         *
         * @param newDefault the default
         * @return the changed parameter, which is optional
         */
        public Parameter<T> withDefault(T newDefault) {
            return new Parameter<>(name, notation, description, newDefault, secret);
        }

        /**
         * Makes the value secret: it is omitted from messages and manifests, and hidden while it is typed.
         *
         * @return the changed parameter
         */
        public Parameter<T> secret() {
            return new Parameter<>(name, notation, description, defaultValue, true);
        }

        /** {@return the name of the parameter} */
        public String name() {
            return name;
        }

        /**
         * Returns a description of its values.
         *
         * @return words that fit after "must be"
         */
        public String type() {
            return notation.type();
        }

        /** {@return the description; empty if there is none} */
        public String description() {
            return description;
        }

        /**
         * Returns the default as a string.
         *
         * @return the default; empty if the parameter is required
         */
        public Optional<String> defaultText() {
            return Optional.ofNullable(defaultValue).map(notation.writer());
        }

        /** {@return whether the value is secret} */
        public boolean isSecret() {
            return secret;
        }

        /**
         * Parses a value.
         *
         * @param text the value as a string
         * @return the value
         * @throws IllegalArgumentException if the string is not of this type; the message says so in a sentence,
         *     without the value of a secret
         */
        public T parse(String text) {
            try {
                return notation.parser().apply(text);
            } catch (RuntimeException e) {
                // The message of the parser contains the value.
                throw new IllegalArgumentException(
                        "'" + name + "' must be " + notation.type() + (secret ? "." : ", but is '" + text + "'."),
                        secret ? null : e);
            }
        }

        @Nullable
        T defaultValue() {
            return defaultValue;
        }

        @Override
        public String toString() {
            return name + " (" + notation.type() + ")";
        }
    }
}
