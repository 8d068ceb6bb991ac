/** The packaged application as its users run it: tests start its jar as a process. */
@NullMarked
package dev.monarch.sample.packaged;

import org.jspecify.annotations.NullMarked;
