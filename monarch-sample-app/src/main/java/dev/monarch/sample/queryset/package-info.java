/**
 * What of the kennel's data goes elsewhere, and what becomes of people's addresses on the way.
 */
@NullMarked
package dev.monarch.sample.queryset;

import org.jspecify.annotations.NullMarked;
