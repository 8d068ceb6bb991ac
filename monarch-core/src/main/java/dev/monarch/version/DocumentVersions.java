package dev.monarch.version;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.InvalidRequestException;
import dev.monarch.OperationRefusedException;
import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.Backfills.BackfillSettings;
import dev.monarch.engine.Checks;
import dev.monarch.engine.server.OperationFailure;
import dev.monarch.engine.version.CollectionVersions;
import dev.monarch.engine.version.Contracting;
import dev.monarch.engine.version.VersionBackfill;
import dev.monarch.engine.version.VersionOverview;
import dev.monarch.engine.version.VersionedCollections;
import dev.monarch.environment.Approval;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.GuardedOperation;
import dev.monarch.environment.MonarchEnvironment;

/**
 * The versions of documents in one environment: shows which instances use them, and removes what only older instances need.
 *
 * <p>Thread-safe. Every method throws {@link dev.monarch.TransferFailedException} if the server does not answer.
 */
public final class DocumentVersions {

    private static final Guard GUARD = new Guard(false);

    private final MonarchEnvironment environment;

    private final VersionedCollections collections;

    private final VersionSettings settings;

    private final BackfillSettings backfills;

    /**
     * Creates the service. It does not connect yet.
     *
     * @param environment the environment
     * @param beans the bean factory with the {@link DocumentVersion} beans
     * @param settings how old instances are recognized
     * @param backfills how backfills run
     */
    public DocumentVersions(
            MonarchEnvironment environment,
            ListableBeanFactory beans,
            VersionSettings settings,
            BackfillSettings backfills) {
        this.environment = environment;
        this.collections = beans.getBeanProvider(VersionedCollections.class)
                .getIfAvailable(() -> VersionedCollections.in(beans, settings.field()));
        this.settings = settings;
        this.backfills = backfills;
    }

    /** {@return the environment of this service} */
    public MonarchEnvironment environment() {
        return environment;
    }

    /**
     * Returns the backfills that give documents their newest version, one for each collection.
     *
     * @return the backfills
     */
    public List<RegisteredBackfill> backfills() {
        return collections.all().stream().map(VersionBackfill::of).toList();
    }

    /**
     * Returns the state of every collection with versions.
     *
     * @return the states, in the order of the beans
     */
    public List<CollectionState> states() {
        return OperationFailure.translated(
                "read the versions of",
                environment.name(),
                () -> new VersionOverview(environment, backfills).of(collections.all()));
    }

    /**
     * Checks that {@link #contract} would not refuse now, before asking a user for approval. It changes nothing.
     *
     * @param request the collection and the version
     * @throws InvalidRequestException if the application does not have this version of the collection
     * @throws OperationRefusedException if the backfill of the version is not done, if an older instance was seen recently, or
     *     if the collection has documents of an older version and the request does not accept that
     */
    public void checkContract(ContractRequest request) {
        Contracting contracting = contracting(request);
        translated(() -> {
            contracting.check(request);
            return true;
        });
    }

    /**
     * Removes from the documents of a collection what only instances before a version need. From now on, no instance may know an
     * older version only. It can be repeated: if it was interrupted, it continues.
     *
     * @param request the collection and the version
     * @param approval the caller's consent, as {@link GuardedOperation#CONTRACT} needs it
     * @return the state of the backfill that changed the documents
     * @throws InvalidRequestException if the application does not have this version of the collection
     * @throws OperationRefusedException if it is not approved, if the backfill of the version is not done, if an older instance
     *     was seen recently, or if the collection has documents of an older version and the request does not accept that
     */
    public BackfillStatus contract(ContractRequest request, Approval approval) {
        Contracting contracting = contracting(request);
        GUARD.check(GuardedOperation.CONTRACT, environment, approval);
        return translated(() -> contracting.run(request));
    }

    private Contracting contracting(ContractRequest request) {
        CollectionVersions versions = collections.find(request.collection());
        if (versions == null || request.version() <= versions.oldest() || request.version() > versions.newest()) {
            throw new InvalidRequestException(
                    environment.name(),
                    "contract '" + request.collection() + "' to version " + request.version(),
                    List.of("The application has " + known(versions) + " of this collection."));
        }
        return new Contracting(environment, versions, settings, backfills);
    }

    private <T> T translated(Supplier<T> work) {
        return OperationFailure.translated(GuardedOperation.CONTRACT.words(), environment.name(), work);
    }

    private static String known(@Nullable CollectionVersions versions) {
        return versions == null ? "no version" : "the versions " + (versions.oldest() + 1) + " to " + versions.newest();
    }

    /**
     * A request to remove what only older instances need. Immutable.
     *
     * @param collection the name of the collection
     * @param version the oldest version that instances still know
     * @param acceptsOldDocuments whether documents of an older version may exist; they are upgraded, too
     */
    public record ContractRequest(String collection, int version, boolean acceptsOldDocuments) {

        /**
         * Creates a request.
         *
         * @throws IllegalArgumentException if {@code collection} is blank, or {@code version} is less than 2
         */
        public ContractRequest {
            Checks.notBlank("collection", collection);
            Checks.atLeast("version", version, 2);
        }

        /**
         * Creates a request that does not accept documents of an older version.
         *
         * @param collection the name of the collection
         * @param version the oldest version that instances still know
         * @return the request
         */
        public static ContractRequest of(String collection, int version) {
            return new ContractRequest(collection, version, false);
        }

        /**
         * Accepts documents of an older version. Only someone who knows that all older instances have ended can do that.
         *
         * @return the request
         */
        public ContractRequest acceptingOldDocuments() {
            return new ContractRequest(collection, version, true);
        }
    }

    /**
     * How instances are recognized.
     *
     * @param field the field of a document with its version
     * @param oldInstanceTimeout how long after it was last seen an instance counts as existing
     * @param heartbeat how often an instance shows that it exists
     */
    public record VersionSettings(String field, Duration oldInstanceTimeout, Duration heartbeat) {

        /** The field {@code _v}; ten minutes, and a heartbeat every 20 seconds. */
        public static final VersionSettings DEFAULT =
                new VersionSettings("_v", Duration.ofMinutes(10), Duration.ofSeconds(20));

        /**
         * Creates settings.
         *
         * @throws IllegalArgumentException if {@code field} is blank, or {@code heartbeat} is not positive and less than half of
         *     {@code oldInstanceTimeout}
         */
        public VersionSettings {
            Checks.notBlank("field", field);
            if (heartbeat.isNegative()
                    || heartbeat.isZero()
                    || heartbeat.multipliedBy(2).compareTo(oldInstanceTimeout) >= 0) {
                throw new IllegalArgumentException(
                        "heartbeat must be positive and less than half of oldInstanceTimeout (" + oldInstanceTimeout
                                + "), but is " + heartbeat);
            }
        }
    }

    /** What the documents of a collection keep. */
    public enum Phase {

        /** Documents keep what instances of older versions need. */
        EXPAND,

        /** Instances no longer write what older ones need, and it has not been removed from every document. */
        CONTRACTING,

        /** Documents have the newest version only. */
        CONTRACTED
    }

    /**
     * The versions of one collection.
     *
     * @param collection the name of the collection
     * @param version the newest version, which the application reads and writes
     * @param oldest the oldest version whose instances can use the documents
     * @param phase what the documents keep
     * @param backfill the state of the backfill that gives documents the newest version
     * @param instances the instances that were seen, of all builds that write heartbeats
     */
    public record CollectionState(
            String collection,
            int version,
            int oldest,
            Phase phase,
            BackfillStatus backfill,
            Collection<Instance> instances) {

        /**
         * Creates a state.
         *
         * @throws IllegalArgumentException if {@code collection} is blank, or a version is less than 1
         */
        public CollectionState {
            Checks.notBlank("collection", collection);
            Checks.atLeast("version", version, 1);
            Checks.atLeast("oldest", oldest, 1);
            instances = List.copyOf(instances);
        }
    }

    /**
     * An instance of the application.
     *
     * @param name its host name and process id
     * @param versions the newest version that it knows of each collection; it knows only the oldest one of others
     * @param seen when it was last seen, on the server's clock
     */
    public record Instance(String name, Map<String, Integer> versions, Instant seen) {

        /**
         * Creates an instance.
         *
         * @throws IllegalArgumentException if {@code name} is blank
         */
        public Instance {
            Checks.notBlank("name", name);
            versions = Map.copyOf(versions);
        }
    }
}
