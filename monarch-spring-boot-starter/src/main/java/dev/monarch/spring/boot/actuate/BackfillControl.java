package dev.monarch.spring.boot.actuate;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import dev.monarch.InvalidRequestException;
import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.Backfills;
import dev.monarch.engine.Scrubbed;
import dev.monarch.spring.boot.actuate.ActuatorProperties.HttpOperation;
import dev.monarch.spring.boot.actuate.EndpointBody.ControlledBackfill;
import dev.monarch.spring.boot.actuate.EndpointBody.Problem;

/** Pauses and resumes backfills that were named in a request. */
final class BackfillControl {

    private static final int CONFLICT = 409;

    private BackfillControl() {}

    /**
     * Controls a backfill.
     *
     * @param operation {@code PAUSE} or {@code RESUME}
     * @param id the id of the backfill
     * @param backfills those of the environment
     * @return its state afterwards; a {@link Problem} if there is no such backfill, or if it is done
     */
    static WebEndpointResponse<EndpointBody> response(HttpOperation operation, String id, Backfills backfills) {
        boolean known = backfills.statuses().stream().map(BackfillStatus::id).anyMatch(id::equals);
        if (!known) {
            return new WebEndpointResponse<>(
                    new Problem(
                            "There is no backfill '" + id + "' in '"
                                    + backfills.environment().name() + "'.",
                            "Look for its id below 'backfills'."),
                    WebEndpointResponse.STATUS_NOT_FOUND);
        }
        try {
            if (operation == HttpOperation.PAUSE) {
                backfills.pause(id);
            } else {
                backfills.resume(id);
            }
        } catch (InvalidRequestException e) {
            return new WebEndpointResponse<>(new Problem(Scrubbed.firstLine(e), null), CONFLICT);
        }
        return new WebEndpointResponse<>(
                new ControlledBackfill(backfills.environment().name(), EndpointBodies.of(backfills.status(id))));
    }
}
