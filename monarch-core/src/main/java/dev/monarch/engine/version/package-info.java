/** Upgrades documents while an application reads them, and keeps the older shape while it writes them. */
@NullMarked
package dev.monarch.engine.version;

import org.jspecify.annotations.NullMarked;
