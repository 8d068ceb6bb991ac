package dev.monarch.copy;

import java.util.List;

import com.mongodb.ReadPreference;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import dev.monarch.environment.Approval;
import dev.monarch.queryset.QuerySetRequest;
import dev.monarch.staging.OnDuplicate;
import dev.monarch.staging.StagingRequest;
import dev.monarch.staging.Verification;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Consistency;
import dev.monarch.transfer.TransferListener;

/** What is to be copied where, and how. Immutable: each method returns another request. */
public final class CopyRequest {

    private final String source;

    private final String target;

    private Approval approval = Approval.none();

    private CollectionSelection selection = CollectionSelection.ALL;

    private List<CollectionRename> renames = List.of();

    private @Nullable QuerySetRequest querySet;

    private Consistency consistency = Consistency.BEST;

    private ReadPreference readPreference = ReadPreference.primary();

    private @Nullable DataSize maxRate;

    private @Nullable String partialInto;

    private OnDuplicate onDuplicate = OnDuplicate.FAIL;

    private Verification verification = Verification.COUNT;

    private TransferListener listener = TransferListener.NONE;

    private boolean acceptLostWrites;

    private boolean replaceTimeSeries;

    private boolean inPlace;

    private boolean keepHistory;

    private int workers = StagingRequest.DEFAULT_WORKERS;

    private CopyRequest(String source, String target) {
        this.source = source;
        this.target = target;
    }

    private CopyRequest(CopyRequest other) {
        this(other.source, other.target);
        this.approval = other.approval;
        this.selection = other.selection;
        this.renames = other.renames;
        this.querySet = other.querySet;
        this.consistency = other.consistency;
        this.readPreference = other.readPreference;
        this.maxRate = other.maxRate;
        this.partialInto = other.partialInto;
        this.onDuplicate = other.onDuplicate;
        this.verification = other.verification;
        this.listener = other.listener;
        this.acceptLostWrites = other.acceptLostWrites;
        this.replaceTimeSeries = other.replaceTimeSeries;
        this.inPlace = other.inPlace;
        this.keepHistory = other.keepHistory;
        this.workers = other.workers;
    }

    /**
     * Asks for a copy of a whole environment.
     *
     * @param source the name of the environment that is read
     * @param target the name of the environment whose data is replaced
     * @return the request
     */
    public static CopyRequest of(String source, String target) {
        return new CopyRequest(source, target);
    }

    /**
     * Says that it may be done.
     *
     * @param newApproval the caller's approval
     * @return the request
     */
    public CopyRequest approved(Approval newApproval) {
        CopyRequest copy = new CopyRequest(this);
        copy.approval = newApproval;
        return copy;
    }

    /**
     * Asks for some collections; nothing else of the target is touched then.
     *
     * @param newSelection which collections of the source
     * @return the request
     */
    public CopyRequest selecting(CollectionSelection newSelection) {
        CopyRequest copy = new CopyRequest(this);
        copy.selection = newSelection;
        return copy;
    }

    /**
     * Asks for other names in the target.
     *
     * @param newRenames the renames; of several that fit a collection the first counts
     * @return the request
     */
    public CopyRequest renaming(List<CollectionRename> newRenames) {
        CopyRequest copy = new CopyRequest(this);
        copy.renames = List.copyOf(newRenames);
        return copy;
    }

    /**
     * Asks for the part that a query set chooses; nothing else of the target is touched then.
     *
     * @param newQuerySet the query set and its parameters; null for everything
     * @return the request
     */
    public CopyRequest choosing(@Nullable QuerySetRequest newQuerySet) {
        CopyRequest copy = new CopyRequest(this);
        copy.querySet = newQuerySet;
        return copy;
    }

    /**
     * Asks for a consistency.
     *
     * @param newConsistency the consistency
     * @return the request
     */
    public CopyRequest consistent(Consistency newConsistency) {
        CopyRequest copy = new CopyRequest(this);
        copy.consistency = newConsistency;
        return copy;
    }

    /**
     * Asks for members of the source to read from.
     *
     * @param newReadPreference which members
     * @return the request
     */
    public CopyRequest readingFrom(ReadPreference newReadPreference) {
        CopyRequest copy = new CopyRequest(this);
        copy.readPreference = newReadPreference;
        return copy;
    }

    /**
     * Asks for the source to be read slowly.
     *
     * @param newMaxRate how much is read in a second, at least one byte; null for as much as goes
     * @return the request
     */
    public CopyRequest atMost(@Nullable DataSize newMaxRate) {
        CopyRequest copy = new CopyRequest(this);
        copy.maxRate = newMaxRate;
        return copy;
    }

    /**
     * Confirms that a part of a database goes into a protected environment.
     *
     * @param newPartialInto the name of the target; null for no such confirmation
     * @return the request
     */
    public CopyRequest partialInto(@Nullable String newPartialInto) {
        CopyRequest copy = new CopyRequest(this);
        copy.partialInto = newPartialInto;
        return copy;
    }

    /**
     * Says what to do about documents that a unique index of the target does not allow.
     *
     * @param newOnDuplicate what to do
     * @return the request
     */
    public CopyRequest onDuplicate(OnDuplicate newOnDuplicate) {
        CopyRequest copy = new CopyRequest(this);
        copy.onDuplicate = newOnDuplicate;
        return copy;
    }

    /**
     * Asks for a verification of what was loaded.
     *
     * @param newVerification which
     * @return the request
     */
    public CopyRequest verified(Verification newVerification) {
        CopyRequest copy = new CopyRequest(this);
        copy.verification = newVerification;
        return copy;
    }

    /**
     * Asks for somebody to be told how far it has come.
     *
     * @param newListener is told
     * @return the request
     */
    public CopyRequest telling(TransferListener newListener) {
        CopyRequest copy = new CopyRequest(this);
        copy.listener = newListener;
        return copy;
    }

    /**
     * Accepts that what others write to the target meanwhile is lost.
     *
     * @return the request
     */
    public CopyRequest acceptingLostWrites() {
        CopyRequest copy = new CopyRequest(this);
        copy.acceptLostWrites = true;
        return copy;
    }

    /**
     * Lets time series be dropped and created again, which is not done at once.
     *
     * @return the request
     */
    public CopyRequest replacingTimeSeries() {
        CopyRequest copy = new CopyRequest(this);
        copy.replaceTimeSeries = true;
        return copy;
    }

    /**
     * Loads where the data is, which is unsafe: a failure leaves a part of it.
     *
     * @return the request
     */
    public CopyRequest inPlace() {
        CopyRequest copy = new CopyRequest(this);
        copy.inPlace = true;
        return copy;
    }

    /**
     * Leaves the migration history of the target as it is.
     *
     * @return the request
     */
    public CopyRequest keepingHistory() {
        CopyRequest copy = new CopyRequest(this);
        copy.keepHistory = true;
        return copy;
    }

    /**
     * Asks for a number of collections to be read at once, and of inserts to be under way at once.
     *
     * @param newWorkers at least 1
     * @return the request
     */
    public CopyRequest workers(int newWorkers) {
        if (newWorkers < 1) {
            throw new IllegalArgumentException("workers must be at least 1, but is " + newWorkers);
        }
        CopyRequest copy = new CopyRequest(this);
        copy.workers = newWorkers;
        return copy;
    }

    String source() {
        return source;
    }

    String target() {
        return target;
    }

    Approval approval() {
        return approval;
    }

    CollectionSelection selection() {
        return selection;
    }

    List<CollectionRename> renames() {
        return renames;
    }

    @Nullable
    QuerySetRequest querySet() {
        return querySet;
    }

    Consistency consistency() {
        return consistency;
    }

    ReadPreference readPreference() {
        return readPreference;
    }

    @Nullable
    DataSize maxRate() {
        return maxRate;
    }

    @Nullable
    String partialInto() {
        return partialInto;
    }

    OnDuplicate onDuplicate() {
        return onDuplicate;
    }

    Verification verification() {
        return verification;
    }

    TransferListener listener() {
        return listener;
    }

    boolean acceptsLostWrites() {
        return acceptLostWrites;
    }

    boolean replacesTimeSeries() {
        return replaceTimeSeries;
    }

    boolean isInPlace() {
        return inPlace;
    }

    boolean keepsHistory() {
        return keepHistory;
    }

    int workers() {
        return workers;
    }
}
