package dev.monarch.backup;

/** Writes a manifest in the format of {@link ManifestFormat} and {@link CollectionFormat}. */
final class ManifestWriter {

    private ManifestWriter() {}

    static byte[] write(Manifest manifest) {
        ManifestOutput json = new ManifestOutput();
        CollectionFormat format =
                new CollectionFormat(new VolumeMap(manifest.archive().volumes()));
        return json.whole(() -> {
            json.text("format", ManifestJson.FORMAT);
            json.number("version", ManifestJson.VERSION);
            ManifestFormat.FIELDS.forEach(field -> field.write(manifest, json));
            json.objects("collections", manifest.collections(), collection -> format.write(collection, json));
            json.flag("complete", true);
        });
    }
}
