package dev.monarch.spring.boot.actuate;

import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import dev.monarch.spring.boot.actuate.EndpointBody.Problem;
import dev.monarch.transfer.Pace;
import dev.monarch.transfer.TransferProgress.RunningTransfers;

/**
 * A request to change the pace of an operation of this process.
 *
 * @param operation the id of the operation
 * @param pace the requested pace; null if the request has none
 */
record PaceChange(String operation, @Nullable String pace) {

    WebEndpointResponse<EndpointBody> response() {
        Pace requested;
        try {
            requested = Pace.of(pace == null ? "" : pace);
        } catch (IllegalArgumentException e) {
            return new WebEndpointResponse<>(
                    new Problem(
                            "'" + (pace == null ? "" : pace) + "' is not a pace.",
                            "Send 'full', 'gentle', or a maximum rate such as '20MB' as 'pace'."),
                    WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        return change(requested)
                .<WebEndpointResponse<EndpointBody>>map(
                        now -> new WebEndpointResponse<>(new EndpointBody.Paced(operation, EndpointBodies.words(now))))
                .orElseGet(() -> new WebEndpointResponse<>(
                        new Problem(
                                "No operation '" + operation + "' with a pace is running in this process.",
                                "Look for its id below 'operations'."),
                        WebEndpointResponse.STATUS_NOT_FOUND));
    }

    /** {@return the new pace; empty if there is no such operation} */
    private Optional<Pace> change(Pace requested) {
        try {
            UUID id = UUID.fromString(operation);
            RunningTransfers transfers = new RunningTransfers();
            return transfers.changePace(id, requested) ? transfers.paceOf(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
