package dev.monarch;

import java.io.Serializable;
import java.util.List;

/**
 * A finding of Monarch, with the reason by which an application chooses advice.
 *
 * @param reason the reason
 * @param text the finding, as a clause without a full stop, or as sentences
 */
public record Fact(Reason reason, String text) implements Serializable {

    /**
     * Creates a fact.
     *
     * @param reason the reason
     * @param text the finding
     * @throws IllegalArgumentException if the text is blank
     */
    public Fact {
        if (text.isBlank()) {
            throw new IllegalArgumentException("The text of a fact (" + reason + ") must not be blank.");
        }
    }

    /**
     * Creates a fact that needs no action.
     *
     * @param text the finding
     * @return the fact
     */
    public static Fact note(String text) {
        return new Fact(Reason.NOTE, text);
    }

    /**
     * Creates facts with one reason.
     *
     * @param reason the reason of all of them
     * @param texts the findings
     * @return a fact for each text
     */
    public static List<Fact> all(Reason reason, List<String> texts) {
        return texts.stream().map(text -> new Fact(reason, text)).toList();
    }

    /**
     * {@return the text as a sentence, with a capital letter and a full stop}
     */
    public String sentence() {
        String sentence = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return sentence.endsWith(".") || sentence.endsWith("?") ? sentence : sentence + ".";
    }

    /**
     * {@return the text}
     */
    @Override
    public String toString() {
        return text;
    }
}
