/** OpenRewrite recipes for projects that move to Monarch. */
@NullMarked
package dev.monarch.rewrite;

import org.jspecify.annotations.NullMarked;
