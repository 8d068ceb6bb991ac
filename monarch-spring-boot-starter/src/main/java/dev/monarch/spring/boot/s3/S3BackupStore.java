package dev.monarch.spring.boot.s3;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

import dev.monarch.BackupStoreException;
import dev.monarch.UnknownBackupException;
import dev.monarch.archive.ArchiveOutput.Span;
import dev.monarch.backup.BackupArchive;
import dev.monarch.backup.BackupStore;
import dev.monarch.backup.BackupStore.ForeignArchive;
import dev.monarch.backup.BackupSummary;
import dev.monarch.backup.BackupUpload;
import dev.monarch.backup.Manifest;
import dev.monarch.engine.environment.NearestNames;
import dev.monarch.engine.lock.Uninterrupted;

/** Keeps backups in a bucket, under a prefix. Other objects may have the same prefix. */
final class S3BackupStore implements BackupStore {

    static final String NAME = "s3";

    private static final Logger log = LoggerFactory.getLogger(S3BackupStore.class);

    private static final int NAMES_TRIED = 1000;

    private final S3Bucket bucket;

    private final S3Limits limits;

    private final KnownManifests known = new KnownManifests();

    /** Those that a list has named and no one has read yet. */
    private final SeenObjects listed = new SeenObjects();

    /** Those whose beginning was read, or that someone has asked for. */
    private final SeenObjects opened = new SeenObjects();

    S3BackupStore(S3Bucket bucket, S3Limits limits) {
        this.bucket = bucket;
        this.limits = limits;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return bucket.description();
    }

    @Override
    public BackupUpload begin(String name, String extension) {
        BackupStore.nameProblem(name).ifPresent(problem -> {
            throw new IllegalArgumentException("name " + problem + ": '" + name + "'");
        });
        for (int i = 1; i <= NAMES_TRIED; i++) {
            Claim claim = claimIfFree(i == 1 ? name : name + "_" + i, extension);
            if (claim != null) {
                new AbandonedUploads(bucket, limits).remove(claim);
                return new S3Upload(bucket, claim, limits);
            }
        }
        throw new BackupStoreException(
                description(), "there are " + NAMES_TRIED + " backups '" + name + "'", "Choose another name.", null);
    }

    private @Nullable Claim claimIfFree(String name, String extension) {
        Claim claim = Claim.take(bucket, name, limits, extension);
        if (claim == null) {
            return null;
        }
        try {
            // A process that deletes the backup with this name may take over the claim.
            if (!isTaken(name) && claim.tryRenew(ClaimText.Work.WRITING)) {
                return claim;
            }
        } catch (RuntimeException e) {
            claim.release();
            throw e;
        }
        claim.release();
        return null;
    }

    /** A name is taken by any object that could be the manifest or the data of a backup. */
    private boolean isTaken(String name) {
        return bucket.list(name + ".").stream()
                .anyMatch(object -> object.key().equals(bucket.manifest(name))
                        || object.key().startsWith(bucket.data(name, ".archive")));
    }

    @Override
    public List<BackupSummary> list() {
        return listing().backups();
    }

    @Override
    public List<String> others(List<BackupSummary> backups) {
        return listing().others(backups, this::find);
    }

    @Override
    public List<ForeignArchive> foreignArchives() {
        return listing().foreignArchives();
    }

    private S3Listing listing() {
        return new S3Listing(bucket, NAME, known);
    }

    @Override
    public Optional<ForeignArchive> foreignArchive(String name) {
        if (name.contains("/") || !isOther(name)) {
            return Optional.empty();
        }
        String key = bucket.data(name, "");
        HeadObjectResponse object = bucket.look(key);
        if (object == null) {
            return directory(name);
        }
        opened.add(key, object.eTag(), object.contentLength());
        return Optional.of(new ForeignArchive(name, NAME, object.contentLength(), object.lastModified()));
    }

    /** Without the permission to list, a directory is unknown. */
    private Optional<ForeignArchive> directory(String name) {
        try {
            return new S3Directory(bucket, name).dump(NAME, Long.MAX_VALUE);
        } catch (BackupStoreException e) {
            log.debug("Cannot look for a directory '{}'", name, e);
            return Optional.empty();
        }
    }

    @Override
    public Stream<ForeignArchive> foreignFiles(String directory) {
        return isOther(directory) ? new S3Directory(bucket, directory).files(NAME, listed) : Stream.empty();
    }

    /** Other names would lead to objects of Monarch. */
    private static boolean isOther(String name) {
        return !name.isBlank() && !name.startsWith(".") && !name.startsWith("/");
    }

    @Override
    public InputStream openForeign(String name, Span span) {
        S3Volumes.Volume volume = isOther(name) ? volume(bucket.data(name, ""), span) : null;
        if (volume == null) {
            throw new UnknownBackupException(name, description(), List.of());
        }
        return S3Download.of(new S3Volumes(bucket, List.of(volume)), List.of(span), limits);
    }

    /** A read from the beginning looks again, because another object may have the key. The next parts must be of the same. */
    private S3Volumes.@Nullable Volume volume(String key, Span span) {
        S3Volumes.Volume volume = span.offset() == 0 ? listed.take(key) : opened.get(key);
        if (volume == null) {
            HeadObjectResponse object = bucket.look(key);
            volume = object == null ? null : new S3Volumes.Volume(key, object.eTag(), 0, object.contentLength());
        }
        if (volume != null) {
            opened.add(key, volume.etag(), volume.length());
        }
        return volume;
    }

    @Override
    public Manifest find(String name) {
        String key = bucket.manifest(name);
        byte[] json = BackupStore.nameProblem(name).isEmpty() ? bucket.read(key) : null;
        if (json == null) {
            throw new UnknownBackupException(name, description(), NearestNames.to(name, names()));
        }
        return Manifest.fromJson(json, description(), key).withName(name);
    }

    /** Returns nothing without the permission to list: the names are only for a hint. */
    private List<String> names() {
        try {
            return listing().names();
        } catch (BackupStoreException e) {
            log.debug("Cannot suggest names", e);
            return List.of();
        }
    }

    @Override
    public InputStream open(String name) {
        Manifest manifest = find(name);
        return open(manifest, List.of(new Span(0, manifest.archive().length())));
    }

    @Override
    public InputStream open(String name, List<Span> spans) {
        return open(find(name), spans);
    }

    private InputStream open(Manifest manifest, List<Span> spans) {
        S3Volumes volumes =
                S3Volumes.find(bucket, manifest.name(), manifest.archive().volumes());
        return S3Download.of(volumes, spans, limits);
    }

    @Override
    public void delete(String name) {
        Manifest manifest = find(name);
        Uninterrupted.run(() -> delete(manifest));
    }

    private void delete(Manifest manifest) {
        List<BackupArchive.Volume> volumes = manifest.archive().volumes();
        Claim claim =
                Claim.toDelete(bucket, manifest.name(), limits, volumes.get(0).extension());
        bucket.delete(bucket.manifest(manifest.name()));
        volumes.forEach(volume -> bucket.delete(bucket.data(manifest.name(), volume.extension())));
        claim.release();
    }
}
