package dev.monarch.engine;

import java.util.Comparator;

/**
 * The order of ids: runs of digits compare as numbers of any length, everything else character by character.
 *
 * <p>Two ids may be equal in this order without being the same: {@code 1-a} and {@code 01-a}.
 */
public final class NaturalOrder implements Comparator<String> {

    public static final NaturalOrder INSTANCE = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String left, String right) {
        int l = 0;
        int r = 0;
        while (l < left.length() && r < right.length()) {
            int leftEnd = endOfRun(left, l);
            int rightEnd = endOfRun(right, r);
            int compared = leftEnd > l && rightEnd > r
                    ? compareNumbers(left.substring(l, leftEnd), right.substring(r, rightEnd))
                    : Character.compare(left.charAt(l), right.charAt(r));
            if (compared != 0) {
                return compared;
            }
            l = Math.max(leftEnd, l + 1);
            r = Math.max(rightEnd, r + 1);
        }
        return Integer.compare(left.length() - l, right.length() - r);
    }

    private static int endOfRun(String text, int start) {
        int end = start;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int compareNumbers(String left, String right) {
        String l = withoutLeadingZeros(left);
        String r = withoutLeadingZeros(right);
        return l.length() != r.length() ? Integer.compare(l.length(), r.length()) : l.compareTo(r);
    }

    private static String withoutLeadingZeros(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }
}
