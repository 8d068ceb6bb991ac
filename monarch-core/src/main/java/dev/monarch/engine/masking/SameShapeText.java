package dev.monarch.engine.masking;

/** Texts of the same length and shape as others. */
public final class SameShapeText {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    private SameShapeText() {}

    /** Replaces letters and digits, and whatever else is neither space nor punctuation. */
    public static String text(String text, SeededRandom random) {
        StringBuilder other = new StringBuilder(text.length());
        text.codePoints().forEachOrdered(character -> other.appendCodePoint(like(character, random)));
        return other.toString();
    }

    /** Replaces digits, but for zeros in front, which are a prefix; then no zero, which would be one. */
    public static String phone(String text, SeededRandom random) {
        StringBuilder number = new StringBuilder(text.length());
        boolean begun = false;
        for (int character : text.codePoints().toArray()) {
            if (!Character.isDigit(character)) {
                number.appendCodePoint(like(character, random));
            } else if (!begun && character == '0') {
                number.append('0');
            } else {
                number.append(begun ? random.below(10) : 1 + random.below(9));
                begun = true;
            }
        }
        return number.toString();
    }

    /** A letter of the same case for letters; for signs and characters nobody knows a small one. */
    private static int like(int character, SeededRandom random) {
        if (stays(character)) {
            return character;
        }
        if (Character.isDigit(character)) {
            return '0' + random.below(10);
        }
        char letter = LETTERS.charAt(random.below(LETTERS.length()));
        boolean capital = Character.isUpperCase(character) || Character.isTitleCase(character);
        return capital ? Character.toUpperCase(letter) : letter;
    }

    private static boolean stays(int character) {
        return character < 0x80
                ? !Character.isLetterOrDigit(character)
                : Character.isWhitespace(character) || isSpaceOrPunctuation(Character.getType(character));
    }

    private static boolean isSpaceOrPunctuation(int category) {
        return switch (category) {
            case Character.SPACE_SEPARATOR,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
