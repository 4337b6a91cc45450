/**
 * As much of SLF4J as Netflix' concurrency-limits is linked with, doing nothing. It is in the
 * agent's class loader alone, and no application's. The library itself would look for a provider,
 * read the application's system properties and write to standard error.
 */
@NullMarked
package org.slf4j;

import org.jspecify.annotations.NullMarked;
