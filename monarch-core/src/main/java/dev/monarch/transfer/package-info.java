/** Types that backups, restores and copies share: selections, consistency, progress. */
@NullMarked
package dev.monarch.transfer;

import org.jspecify.annotations.NullMarked;
