package dev.monarch.masking;

/**
 * Something that is masked, for those who have to know: a manifest, a report.
 *
 * @param collection the collection's name
 * @param path the path of the field; empty for the whole document, which a function was applied to
 * @param masker what the masker is called
 */
public record MaskedField(String collection, String path, String masker) {}
