package dev.monarch.spring.boot.actuate;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import dev.monarch.InvalidRequestException;
import dev.monarch.backfill.BackfillStatus;
import dev.monarch.backfill.Backfills;
import dev.monarch.backfill.Backfills.Rate;
import dev.monarch.engine.Scrubbed;
import dev.monarch.spring.boot.actuate.ActuatorProperties.HttpOperation;
import dev.monarch.spring.boot.actuate.EndpointBody.ControlledBackfill;
import dev.monarch.spring.boot.actuate.EndpointBody.Problem;

/** Pauses, resumes and slows down backfills that were named in a request. */
final class BackfillControl {

    private static final int CONFLICT = 409;

    private BackfillControl() {}

    /**
     * What to do with a backfill.
     *
     * @param action {@code pause}, {@code resume} or {@code rate}; null if the request does not say
     * @param dutyCycle the share of time in which it works; null for that of the properties
     * @param maxDocuments how many documents it changes in a second; null for that of the properties
     */
    record BackfillRequest(
            @Nullable String action,
            @Nullable Double dutyCycle,
            @Nullable Long maxDocuments) {

        private static final List<HttpOperation> KNOWN =
                List.of(HttpOperation.PAUSE, HttpOperation.RESUME, HttpOperation.RATE);

        /** {@return the operation; empty if there is no such action} */
        Optional<HttpOperation> operation() {
            return KNOWN.stream().filter(known -> known.word().equals(action)).findFirst();
        }

        private void apply(HttpOperation operation, String id, Backfills backfills) {
            switch (operation) {
                case PAUSE -> backfills.pause(id);
                case RESUME -> backfills.resume(id);
                default -> backfills.rate(id, new Rate(dutyCycle, maxDocuments));
            }
        }
    }

    /**
     * Controls a backfill.
     *
     * @param operation {@code PAUSE}, {@code RESUME} or {@code RATE}
     * @param request the request
     * @param id the id of the backfill
     * @param backfills those of the environment
     * @return its state afterwards; a {@link Problem} if there is no such backfill, if it is done, or if the rate is out of range
     */
    static WebEndpointResponse<EndpointBody> response(
            HttpOperation operation, BackfillRequest request, String id, Backfills backfills) {
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
            request.apply(operation, id, backfills);
        } catch (InvalidRequestException e) {
            return new WebEndpointResponse<>(new Problem(Scrubbed.firstLine(e), null), CONFLICT);
        } catch (IllegalArgumentException e) {
            return new WebEndpointResponse<>(
                    new Problem(
                            "The rate is out of range: " + e.getMessage() + ".",
                            "Send 'dutyCycle' and 'maxDocuments', or leave one out."),
                    WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        return new WebEndpointResponse<>(
                new ControlledBackfill(backfills.environment().name(), EndpointBodies.of(backfills.status(id))));
    }
}
