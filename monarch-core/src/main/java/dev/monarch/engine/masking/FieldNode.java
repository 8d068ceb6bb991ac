package dev.monarch.engine.masking;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.masking.CollectionRules.FieldRule;

/**
 * The field rules of a collection as a tree: a leaf is masked or kept, an inner node is traversed.
 *
 * <p>For one thread: it remembers the last field, because most documents have their fields in the same order.
 */
final class FieldNode {

    private final byte[] name;

    private final List<FieldNode> fields = new ArrayList<>();

    private @Nullable FieldMask mask;

    private boolean kept;

    private boolean numbered;

    private int next;

    /** A mask and the name of its masker. */
    record FieldMask(ValueMask mask, String description) {}

    private FieldNode(String name) {
        this.name = name.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Creates a tree.
     *
     * @param withKept whether to include kept fields
     */
    static FieldNode of(CollectionRules rules, Mac mac, boolean withKept) {
        FieldNode root = new FieldNode("");
        rules.fields().forEach((path, rule) -> {
            if (rule instanceof FieldRule.Mask mask) {
                root.at(path).mask = new FieldMask(
                        ValueMasker.of(mask.masker()).under(mac), mask.masker().description());
            } else if (withKept) {
                root.at(path).kept = true;
            }
        });
        return root;
    }

    private FieldNode at(FieldPath path) {
        FieldNode node = this;
        for (String field : path.names()) {
            node = node.orNew(field);
        }
        return node;
    }

    private FieldNode orNew(String field) {
        byte[] encoded = field.getBytes(StandardCharsets.UTF_8);
        FieldNode known = child(encoded, 0, encoded.length);
        if (known != null) {
            return known;
        }
        FieldNode added = new FieldNode(field);
        fields.add(added);
        numbered |= field.chars().allMatch(Character::isDigit);
        return added;
    }

    @Nullable
    FieldMask mask() {
        return mask;
    }

    boolean isKept() {
        return kept;
    }

    /** {@return whether one of its fields is named like an array index} */
    boolean isNumbered() {
        return numbered;
    }

    /** Finds a field by name. A name with dots is treated as a path. */
    @Nullable
    FieldNode field(byte[] bytes, int start, int end) {
        FieldNode node = this;
        for (int from = start; node != null && !node.isLeaf(); ) {
            int dot = dot(bytes, from, end);
            node = node.child(bytes, from, dot);
            if (dot == end) {
                return node;
            }
            from = dot + 1;
        }
        return node;
    }

    private boolean isLeaf() {
        return kept || mask != null;
    }

    private static int dot(byte[] bytes, int start, int end) {
        for (int at = start; at < end; at++) {
            if (bytes[at] == '.') {
                return at;
            }
        }
        return end;
    }

    private @Nullable FieldNode child(byte[] bytes, int start, int end) {
        for (int tried = 0; tried < fields.size(); tried++) {
            if (next >= fields.size()) {
                next = 0;
            }
            FieldNode field = fields.get(next++);
            if (field.name.length == end - start && Arrays.equals(field.name, 0, end - start, bytes, start, end)) {
                return field;
            }
        }
        return null;
    }
}
