package dev.monarch.spring.boot.s3;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.S3Object;

import dev.monarch.BackupStoreException;
import dev.monarch.backup.BackupArchive;
import dev.monarch.backup.BackupFiles;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupStore.ForeignArchive;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.Manifest;
import dev.monarch.spring.boot.s3.KnownManifests.Known;

/** The objects under a prefix at one moment. */
final class S3Listing {

    private static final Logger log = LoggerFactory.getLogger(S3Listing.class);

    private static final int PARALLEL_READS = 16;

    /** Of a directory, only the first page of its objects is searched, and only of so many directories. */
    private static final int OBJECTS_SEARCHED = 1000;

    private static final int DIRECTORIES_SEARCHED = 200;

    private static final Pattern ARCHIVE = Pattern.compile("(.+)\\.archive(\\.[A-Za-z0-9]+)*");

    private final S3Bucket bucket;

    private final String store;

    private final KnownManifests known;

    private final Map<String, S3Object> objects = new HashMap<>();

    private final List<String> names = new ArrayList<>();

    S3Listing(S3Bucket bucket, String store, KnownManifests known) {
        this.bucket = bucket;
        this.store = store;
        this.known = known;
        for (S3Object object : bucket.list()) {
            objects.put(object.key(), object);
            bucket.nameOfManifest(object.key())
                    .filter(name -> BackupStore.nameProblem(name).isEmpty())
                    .ifPresent(names::add);
        }
        known.retain(objects.keySet());
    }

    List<String> names() {
        return List.copyOf(names);
    }

    /** Reads the manifests that are not known yet, and returns the complete backups, newest first. */
    List<BackupSummary> backups() {
        return inParallel(names, this::summary, "its manifests cannot be read").stream()
                .sorted(Comparator.comparing(BackupSummary::created)
                        .thenComparing(BackupSummary::name)
                        .reversed())
                .toList();
    }

    private <K, V> List<V> inParallel(List<K> keys, Function<K, Optional<V>> request, String problem) {
        try (PartThreads threads = new PartThreads(PARALLEL_READS, "monarch-s3-list")) {
            List<Future<Optional<V>>> asked = keys.stream()
                    .map(key -> threads.submit(() -> request.apply(key)))
                    .toList();
            List<V> answers = new ArrayList<>();
            for (Future<Optional<V>> each : asked) {
                get(each, problem).ifPresent(answers::add);
            }
            return answers;
        }
    }

    private <V> Optional<V> get(Future<Optional<V>> asked, String problem) {
        try {
            return asked.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw bucket.failed(problem + ", because the thread was interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BackupStoreException failure ? failure : bucket.failed(problem, e);
        }
    }

    private Optional<BackupSummary> summary(String name) {
        Known manifest;
        try {
            manifest = manifest(name);
        } catch (BackupStoreException e) {
            log.warn("The backup '{}' is not listed: {}", name, e.getMessage());
            return Optional.empty();
        }
        if (manifest == null) {
            return Optional.empty();
        }
        for (BackupArchive.Volume volume : manifest.volumes()) {
            S3Object object = objects.get(bucket.data(name, volume.extension()));
            if (object == null || object.size() != volume.length()) {
                log.warn(
                        "The backup '{}' in {} is not listed: '{}' is missing, or has another length",
                        name,
                        bucket.description(),
                        bucket.data(name, volume.extension()));
                return Optional.empty();
            }
        }
        return Optional.of(manifest.summary());
    }

    private @Nullable Known manifest(String name) {
        String key = bucket.manifest(name);
        S3Object object = Objects.requireNonNull(objects.get(key));
        Known found = known.find(object);
        if (found != null) {
            return found;
        }
        byte[] json = bucket.read(key);
        if (json == null) {
            return null;
        }
        Known read = Known.of(Manifest.fromJson(json, bucket.description(), key).withName(name), store);
        known.put(object, read);
        return read;
    }

    /**
     * Returns the objects that belong neither to these backups nor to one that is being written or deleted.
     *
     * @param find finds the manifest of a backup
     */
    List<String> others(List<BackupSummary> backups, Function<String, Manifest> find) {
        List<String> complete = backups.stream().map(BackupSummary::name).toList();
        // Some tools create an empty object with the prefix as its key, as a folder.
        List<String> all = objects.keySet().stream()
                .map(this::withoutPrefix)
                .filter(name -> !name.isEmpty())
                .toList();
        return new BackupFiles(complete, busyNames()).others(all, find);
    }

    private String withoutPrefix(String key) {
        return key.substring(bucket.prefix().length());
    }

    private List<String> busyNames() {
        return bucket.listBusy().stream()
                .map(busy -> bucket.nameOfBusy(busy.key()))
                .toList();
    }

    /**
     * Returns the objects that are named like archives, zip files or tar files, have no manifest, and are not being
     * written, and the directories with files of a dump.
     */
    List<ForeignArchive> foreignArchives() {
        Set<String> known = new HashSet<>(names);
        known.addAll(busyNames());
        Stream<ForeignArchive> files = objects.values().stream()
                .filter(object -> isForeign(withoutPrefix(object.key()), known))
                .map(object ->
                        new ForeignArchive(withoutPrefix(object.key()), store, object.size(), object.lastModified()));
        return Stream.concat(files, directories().stream())
                .sorted(Comparator.comparing(ForeignArchive::name))
                .toList();
    }

    private List<ForeignArchive> directories() {
        return inParallel(
                S3Directory.all(bucket).stream().limit(DIRECTORIES_SEARCHED).toList(),
                directory -> directory.dump(store, OBJECTS_SEARCHED),
                "its directories cannot be listed");
    }

    private static boolean isForeign(String name, Set<String> known) {
        Matcher archive = ARCHIVE.matcher(name);
        return ForeignArchive.isNamedLikeADump(name) && !(archive.matches() && known.contains(archive.group(1)));
    }
}
