/** The packaged application as its users run it: processes of its jar, seen from outside. */
@NullMarked
package dev.monarch.sample.packaged;

import org.jspecify.annotations.NullMarked;
