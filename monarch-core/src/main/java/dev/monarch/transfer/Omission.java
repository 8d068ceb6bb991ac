package dev.monarch.transfer;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that a source holds and that does not travel.
 *
 * @param what what it is, as a sentence begins: {@code Collection 'system.profile'}
 * @param reason why it is left out, as a clause
 */
public record Omission(String what, String reason) {

    /**
     * Describes several at once.
     *
     * @param omissions what is left out
     * @return a sentence for each, in one line
     */
    public static String sentences(List<Omission> omissions) {
        return omissions.stream().map(Omission::toString).collect(Collectors.joining(" "));
    }

    /**
     * Returns the sentence.
     *
     * @return what is left out, and why
     */
    @Override
    public String toString() {
        return what + " is left out: " + reason + ".";
    }
}
