package dev.monarch.engine;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/**
 * The Unicode forms of a name: {@code ü} is one character or two. MongoDB compares bytes. Some file systems and programs
 * change the form of the names of files.
 */
public final class UnicodeForm {

    private UnicodeForm() {}

    /** {@return whether a name may have several forms} */
    public static boolean mayDiffer(String name) {
        return name.chars().anyMatch(each -> each > 0x7F);
    }

    /** {@return whether two names are equal, whatever their forms} */
    public static boolean isSame(String one, String other) {
        return one.equals(other) || Normalizer.normalize(one, Form.NFC).equals(Normalizer.normalize(other, Form.NFC));
    }
}
