package dev.monarch.transfer;

import java.util.List;
import java.util.stream.Collectors;

import dev.monarch.engine.Checks;

/**
 * Something in a source that is not transferred.
 *
 * @param what the omitted object, as the subject of a sentence: {@code Collection 'system.profile'}
 * @param reason why it is left out, as a clause
 */
public record Omission(String what, String reason) {

    /**
     * Creates an omission.
     *
     * @throws IllegalArgumentException if {@code what} or {@code reason} is blank
     */
    public Omission {
        Checks.notBlank("what", what);
        Checks.notBlank("reason", reason);
    }

    /**
     * Describes several omissions.
     *
     * @param omissions the omitted objects
     * @return one sentence per omission, on one line
     */
    public static String sentences(List<Omission> omissions) {
        return omissions.stream().map(Omission::toString).collect(Collectors.joining(" "));
    }

    /** {@return the omission as a sentence} */
    @Override
    public String toString() {
        return what + " is left out: " + reason + ".";
    }
}
