package dev.monarch.backup;

import org.jspecify.annotations.Nullable;

import dev.monarch.environment.Approval;
import dev.monarch.staging.OnDuplicate;
import dev.monarch.staging.StagingRequest;
import dev.monarch.staging.Verification;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.TransferListener;

/** What is to be restored into which environment, and how. Immutable: each method returns another request. */
public final class RestoreRequest {

    private final BackupSource backup;

    private final String environment;

    private Approval approval = Approval.none();

    private CollectionSelection selection = CollectionSelection.ALL;

    private boolean acceptLostWrites;

    private boolean replaceTimeSeries;

    private boolean inPlace;

    private boolean keepHistory;

    private @Nullable String partialInto;

    private OnDuplicate onDuplicate = OnDuplicate.FAIL;

    private Verification verification = Verification.COUNT;

    private int workers = StagingRequest.DEFAULT_WORKERS;

    private TransferListener listener = TransferListener.NONE;

    private RestoreRequest(BackupSource backup, String environment) {
        this.backup = backup;
        this.environment = environment;
    }

    private RestoreRequest(RestoreRequest other) {
        this(other.backup, other.environment);
        this.approval = other.approval;
        this.selection = other.selection;
        this.acceptLostWrites = other.acceptLostWrites;
        this.replaceTimeSeries = other.replaceTimeSeries;
        this.inPlace = other.inPlace;
        this.keepHistory = other.keepHistory;
        this.partialInto = other.partialInto;
        this.onDuplicate = other.onDuplicate;
        this.verification = other.verification;
        this.workers = other.workers;
        this.listener = other.listener;
    }

    /**
     * Asks for a backup to be restored as a whole, with nothing approved.
     *
     * @param backup the backup
     * @param environment the name of the environment that is to become what it was
     * @return the request
     */
    public static RestoreRequest of(BackupSource backup, String environment) {
        return new RestoreRequest(backup, environment);
    }

    /**
     * Gives what the guard asks for.
     *
     * @param newApproval the approval
     * @return the request
     */
    public RestoreRequest approved(Approval newApproval) {
        RestoreRequest copy = new RestoreRequest(this);
        copy.approval = newApproval;
        return copy;
    }

    /**
     * Asks for some collections; nothing else is touched.
     *
     * @param newSelection which collections
     * @return the request
     */
    public RestoreRequest selecting(CollectionSelection newSelection) {
        RestoreRequest copy = new RestoreRequest(this);
        copy.selection = newSelection;
        return copy;
    }

    /**
     * Accepts that what others write to the environment meanwhile is lost; otherwise it is refused when it happens.
     *
     * @return the request
     */
    public RestoreRequest acceptingLostWrites() {
        RestoreRequest copy = new RestoreRequest(this);
        copy.acceptLostWrites = true;
        return copy;
    }

    /**
     * Allows time series to be replaced, which servers cannot do at once.
     *
     * @return the request
     */
    public RestoreRequest replacingTimeSeries() {
        RestoreRequest copy = new RestoreRequest(this);
        copy.replaceTimeSeries = true;
        return copy;
    }

    /**
     * Asks to load where the data is, for who lacks the space: unsafe, for a failure leaves half of it.
     *
     * @return the request
     */
    public RestoreRequest inPlace() {
        RestoreRequest copy = new RestoreRequest(this);
        copy.inPlace = true;
        return copy;
    }

    /**
     * Keeps the environment's own migration history; otherwise that of the backup replaces it.
     *
     * @return the request
     */
    public RestoreRequest keepingHistory() {
        RestoreRequest copy = new RestoreRequest(this);
        copy.keepHistory = true;
        return copy;
    }

    /**
     * Allows a partial backup into a protected environment, or the one it is of.
     *
     * @param environmentName the name of that environment
     * @return the request
     */
    public RestoreRequest partialInto(@Nullable String environmentName) {
        RestoreRequest copy = new RestoreRequest(this);
        copy.partialInto = environmentName;
        return copy;
    }

    /**
     * Says what is done about documents that a unique index does not allow.
     *
     * @param newOnDuplicate what
     * @return the request
     */
    public RestoreRequest onDuplicate(OnDuplicate newOnDuplicate) {
        RestoreRequest copy = new RestoreRequest(this);
        copy.onDuplicate = newOnDuplicate;
        return copy;
    }

    /**
     * Says how what was loaded is checked.
     *
     * @param newVerification how
     * @return the request
     */
    public RestoreRequest verified(Verification newVerification) {
        RestoreRequest copy = new RestoreRequest(this);
        copy.verification = newVerification;
        return copy;
    }

    /**
     * Says how many inserts are under way at once.
     *
     * @param newWorkers at least 1
     * @return the request
     */
    public RestoreRequest workers(int newWorkers) {
        if (newWorkers < 1) {
            throw new IllegalArgumentException("workers must be at least 1, but is " + newWorkers);
        }
        RestoreRequest copy = new RestoreRequest(this);
        copy.workers = newWorkers;
        return copy;
    }

    /**
     * Asks for somebody to be told how far it has come.
     *
     * @param newListener is told
     * @return the request
     */
    public RestoreRequest telling(TransferListener newListener) {
        RestoreRequest copy = new RestoreRequest(this);
        copy.listener = newListener;
        return copy;
    }

    BackupSource backup() {
        return backup;
    }

    String environment() {
        return environment;
    }

    Approval approval() {
        return approval;
    }

    CollectionSelection selection() {
        return selection;
    }

    boolean isInPlace() {
        return inPlace;
    }

    boolean replacesTimeSeries() {
        return replaceTimeSeries;
    }

    boolean keepsHistory() {
        return keepHistory;
    }

    boolean acceptsLostWrites() {
        return acceptLostWrites;
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

    int workers() {
        return workers;
    }

    TransferListener listener() {
        return listener;
    }
}
