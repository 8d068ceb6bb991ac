/** Finds the migrations, backfills and versions of documents among the beans of an application. */
@NullMarked
package dev.monarch.engine.bean;

import org.jspecify.annotations.NullMarked;
