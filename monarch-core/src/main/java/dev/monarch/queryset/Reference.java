package dev.monarch.queryset;

/** A reference between two collections by equal values of two fields. */
record Reference(String from, QueriedField fromField, String to, QueriedField toField) {}
