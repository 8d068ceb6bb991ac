package dev.monarch.backup;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** One field of a manifest's JSON: how to write it, and how to read it. */
interface ManifestField {

    void write(Manifest manifest, ManifestOutput json);

    /** Removes the field from its object and reads it. {@link ManifestFormat} has already read the fields before it. */
    void read(ManifestFields fields, ManifestBuilder builder);

    /** Reads the value from a manifest; null if there is none. */
    @FunctionalInterface
    interface Getter<T> {
        @Nullable
        T get(Manifest manifest);
    }

    /** Sets the value in a builder. */
    @FunctionalInterface
    interface Setter<T> {
        void set(ManifestBuilder builder, T value);
    }

    /** A required field. */
    static <T> ManifestField required(String name, ValueFormat<T> format, Getter<T> getter, Setter<T> setter) {
        return new Value<>(name, format, getter, setter, true);
    }

    /** A required field that had another name in manifests of earlier versions. */
    static <T> ManifestField renamed(
            String formerName, String name, ValueFormat<T> format, Getter<T> getter, Setter<T> setter) {
        return new Renamed<>(formerName, new Value<>(name, format, getter, setter, true));
    }

    /** A field that is omitted if its value is null. Manifests of earlier versions may lack it. */
    static <T> ManifestField optional(String name, ValueFormat<T> format, Getter<T> getter, Setter<T> setter) {
        return new Value<>(name, format, getter, setter, false);
    }

    /** A field that is derived from others. It is written for people and scripts, and never read. */
    static <T> ManifestField derived(String name, ValueFormat<T> format, Getter<T> getter) {
        return new Value<>(name, format, getter, (builder, value) -> {}, false);
    }

    /** An object with several fields. */
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

    /** A field that is written with its current name, and read with its current or former name. */
    record Renamed<T>(String formerName, Value<T> current) implements ManifestField {

        @Override
        public void write(Manifest manifest, ManifestOutput json) {
            current.write(manifest, json);
        }

        @Override
        public void read(ManifestFields fields, ManifestBuilder builder) {
            T former = current.format().read(fields, formerName);
            if (former != null) {
                current.setter().set(builder, former);
            } else {
                current.read(fields, builder);
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
