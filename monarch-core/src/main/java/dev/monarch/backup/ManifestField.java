package dev.monarch.backup;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** One field of a manifest's JSON: how it is written, and how it is read. */
interface ManifestField {

    void write(Manifest manifest, ManifestOutput json);

    /** Takes the field out of the object that holds it. Fields that precede it in {@link ManifestFormat} are read already. */
    void read(ManifestFields fields, ManifestBuilder builder);

    /** Where a manifest keeps the value; null if it has none. */
    @FunctionalInterface
    interface Getter<T> {
        @Nullable
        T get(Manifest manifest);
    }

    /** Where a builder keeps the value. */
    @FunctionalInterface
    interface Setter<T> {
        void set(ManifestBuilder builder, T value);
    }

    /** A field without which the text is no manifest. */
    static <T> ManifestField required(String name, ValueFormat<T> format, Getter<T> getter, Setter<T> setter) {
        return new Value<>(name, format, getter, setter, true);
    }

    /** A field that is left out if its value is null. Manifests of an earlier Monarch may lack it. */
    static <T> ManifestField optional(String name, ValueFormat<T> format, Getter<T> getter, Setter<T> setter) {
        return new Value<>(name, format, getter, setter, false);
    }

    /** A field for people and scripts, which follows from others. */
    static <T> ManifestField derived(String name, ValueFormat<T> format, Getter<T> getter) {
        return new Value<>(name, format, getter, (builder, value) -> {}, false);
    }

    /** An object of several fields. */
    static ManifestField group(String name, ManifestField... fields) {
        return new Group(name, List.of(fields));
    }

    /** A field with one value. */
    record Value<T>(String name, ValueFormat<T> format, Getter<T> getter, Setter<T> setter, boolean required)
            implements ManifestField {

        @Override
        public void write(Manifest manifest, ManifestOutput json) {
            T value = getter.get(manifest);
            if (value != null) {
                format.write(json, name, value);
            }
        }

        @Override
        public void read(ManifestFields fields, ManifestBuilder builder) {
            T value = format.read(fields, name);
            if (value != null) {
                setter.set(builder, value);
            } else if (required) {
                throw ManifestFields.missing(name);
            }
        }
    }

    /** A field that is an object. */
    record Group(String name, List<ManifestField> fields) implements ManifestField {

        @Override
        public void write(Manifest manifest, ManifestOutput json) {
            json.object(name, () -> fields.forEach(field -> field.write(manifest, json)));
        }

        @Override
        public void read(ManifestFields outer, ManifestBuilder builder) {
            ManifestFields inner = outer.object(name);
            fields.forEach(field -> field.read(inner, builder));
        }
    }
}
