package dev.monarch.engine.version;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.Fact;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.Checks;
import dev.monarch.engine.bean.AnnotatedBeans;
import dev.monarch.version.DocumentVersion;
import dev.monarch.version.DocumentVersionChange;

/** The collections whose documents have versions. Immutable. */
public final class VersionedCollections {

    private static final Pattern GRIDFS = Pattern.compile(".+\\.(files|chunks)");

    private final Map<String, CollectionVersions> collections;

    private VersionedCollections(Map<String, CollectionVersions> collections) {
        this.collections = collections;
    }

    /**
     * Collects the beans with {@link DocumentVersion}.
     *
     * @param beans the bean factory
     * @param versionField the field with the number of the version
     * @return the collections
     * @throws OperationRefusedException if a bean is incomplete, or if a version is missing or exists twice
     */
    public static VersionedCollections in(ListableBeanFactory beans, String versionField) {
        Map<String, NavigableMap<Integer, DocumentVersionChange>> found = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (String name : AnnotatedBeans.names(beans, DocumentVersion.class, DocumentVersionChange.class)) {
            DocumentVersion version = beans.findAnnotationOnBean(name, DocumentVersion.class);
            Object bean = beans.getBean(name);
            String source =
                    "bean '" + name + "' (" + AopUtils.getTargetClass(bean).getName() + ")";
            if (version == null) {
                problems.add(
                        "the " + source
                                + " is a DocumentVersionChange without a version: add @DocumentVersion(collection = …, version = …)");
            } else if (!(bean instanceof DocumentVersionChange change)) {
                problems.add("the " + source + " has @DocumentVersion but does not implement DocumentVersionChange:"
                        + " implement it, or remove the annotation");
            } else if (version.version() < 2 || version.collection().isBlank()) {
                problems.add("the " + source + " makes version " + version.version() + " of the collection '"
                        + version.collection() + "': name the collection, and begin with version 2");
            } else if (GRIDFS.matcher(version.collection()).matches()) {
                problems.add("the " + source + " makes a version of '" + version.collection()
                        + "': the driver reads the collections of GridFS without versions; use another collection");
            } else if (found.computeIfAbsent(version.collection(), collection -> new TreeMap<>())
                            .putIfAbsent(version.version(), change)
                    != null) {
                problems.add("the " + source + " makes version " + version.version() + " of '" + version.collection()
                        + "', and so does another bean: give one of them another version");
            }
        }
        found.forEach((collection, changes) -> checkGaps(collection, changes, problems));
        if (!problems.isEmpty()) {
            throw new OperationRefusedException(
                    "read and write documents of",
                    String.join("', '", found.keySet()),
                    Fact.all(Reason.INVALID_DOCUMENT_VERSION, problems));
        }
        return of(found, versionField);
    }

    /**
     * Creates the collections from changes.
     *
     * @param changes for each collection its changes, without gaps
     * @param versionField the field with the number of the version
     * @return the collections
     */
    public static VersionedCollections of(
            Map<String, NavigableMap<Integer, DocumentVersionChange>> changes, String versionField) {
        Checks.notBlank("versionField", versionField);
        Map<String, CollectionVersions> collections = new LinkedHashMap<>();
        changes.forEach((collection, versions) ->
                collections.put(collection, new CollectionVersions(collection, versions, versionField)));
        return new VersionedCollections(collections);
    }

    private static void checkGaps(
            String collection, NavigableMap<Integer, DocumentVersionChange> changes, List<String> problems) {
        for (int version = changes.firstKey(); version < changes.lastKey(); version++) {
            if (!changes.containsKey(version)) {
                problems.add("no bean makes version " + version + " of '" + collection
                        + "', and another one makes a later version: add the missing one");
            }
        }
    }

    /**
     * Finds the versions of a collection.
     *
     * @param collection its name
     * @return the versions, or null if its documents have none
     */
    public @Nullable CollectionVersions find(String collection) {
        return collections.get(collection);
    }

    /** {@return all of them, in the order of the beans} */
    public Collection<CollectionVersions> all() {
        return collections.values();
    }
}
