/**
 * A reverse proxy as a plain servlet: it hands each request to one origin and the origin's answer
 * back, and knows nothing of caching.
 */
@NullMarked
package com.example.proxy;

import org.jspecify.annotations.NullMarked;
