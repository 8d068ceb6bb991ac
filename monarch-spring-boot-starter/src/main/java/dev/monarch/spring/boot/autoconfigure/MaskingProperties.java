package dev.monarch.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

import dev.monarch.masking.Masker.MaskingKey;

/**
 * How query sets mask.
 *
 * @param key Secret of at least 16 bytes that masked values depend on. When not set, each run uses another one, so that it
 *     masks the same value differently.
 */
@ConfigurationProperties("monarch.masking")
public record MaskingProperties(@Nullable String key) {

    /** {@return the key, or null if none is set} */
    @Nullable
    MaskingKey toKey() {
        return key == null ? null : MaskingKey.of(key);
    }

    /** Does not show the key. */
    @Override
    public String toString() {
        return "MaskingProperties[key=" + (key == null ? "none" : "***") + "]";
    }
}
