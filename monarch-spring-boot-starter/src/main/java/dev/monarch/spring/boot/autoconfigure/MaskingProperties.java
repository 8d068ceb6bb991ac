package dev.monarch.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

import dev.monarch.masking.MaskingKey;

/**
 * How query sets mask.
 *
 * @param key Secret of at least 16 bytes that masked values depend on. When not set, another one in each run, so that the
 *     same value is masked differently each time.
 */
@ConfigurationProperties("monarch.masking")
public record MaskingProperties(@Nullable String key) {

    /** Returns the key, or null if there is none. */
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
