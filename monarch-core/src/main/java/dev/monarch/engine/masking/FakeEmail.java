package dev.monarch.engine.masking;

/** Mail addresses that nobody can have, and that nobody else gets: 80 bits of them differ. */
public final class FakeEmail {

    /** Reserved: <a href="https://www.rfc-editor.org/rfc/rfc2606#section-3">RFC 2606, section 3</a>. */
    private static final String DOMAIN = "@example.com";

    private static final String CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int LENGTH = 16;

    private FakeEmail() {}

    public static String of(String address, SeededRandom random) {
        StringBuilder madeUp = new StringBuilder(LENGTH + DOMAIN.length());
        for (int i = 0; i < LENGTH; i++) {
            madeUp.append(CHARACTERS.charAt(random.below(CHARACTERS.length())));
        }
        return madeUp.append(DOMAIN).toString();
    }
}
