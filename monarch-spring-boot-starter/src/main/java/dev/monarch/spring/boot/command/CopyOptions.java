package dev.monarch.spring.boot.command;

import java.util.Arrays;
import java.util.List;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import dev.monarch.copy.CopyRequest;
import dev.monarch.replacement.ReplacementRequest.CollectionRename;
import dev.monarch.transfer.Pace;

/** The options of a copy. */
final class CopyOptions {

    @Option(
            names = "--rename",
            paramLabel = "FROM=TO,…",
            converter = Renames.class,
            description = "Rename collections in the target. A * means the same text in both names.")
    private Renames.Chosen renames = new Renames.Chosen(List.of());

    @Mixin
    private SourceOptions pace;

    Pace pace() {
        return pace.get();
    }

    CopyRequest applyTo(CopyRequest request) {
        return request.renaming(renames.all()).paced(pace());
    }

    /** Parses new names of collections. */
    static final class Renames implements ITypeConverter<Renames.Chosen> {

        record Chosen(List<CollectionRename> all) {}

        @Override
        public Chosen convert(String text) {
            return new Chosen(
                    Arrays.stream(text.split(",", -1)).map(Renames::rename).toList());
        }

        private static CollectionRename rename(String text) {
            String[] names = text.strip().split("=", -1);
            if (names.length != 2) {
                throw new TypeConversionException("'" + text + "' is not FROM=TO, for example dogs=hounds");
            }
            try {
                return new CollectionRename(names[0].strip(), names[1].strip());
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
