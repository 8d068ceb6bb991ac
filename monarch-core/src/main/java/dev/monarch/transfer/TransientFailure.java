package dev.monarch.transfer;

import java.util.Set;

import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;

/** Tells which failures pass by themselves: a network that broke, a primary that stepped down. */
public final class TransientFailure {

    /** Server errors of that kind (mongo, {@code error_codes.yml}); a find in a driver may see them bare. */
    private static final Set<Integer> CODES =
            Set.of(6, 7, 43, 89, 91, 175, 189, 237, 262, 9001, 10107, 11600, 11602, 13435, 13436);

    private TransientFailure() {}

    /**
     * Tells whether it is worth trying again.
     *
     * @param failure what was caught
     * @return true if it may pass
     */
    public static boolean is(MongoException failure) {
        return failure instanceof MongoSocketException
                || failure instanceof MongoNotPrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure instanceof MongoCursorNotFoundException
                || CODES.contains(failure.getCode());
    }
}
