package com.example.gateway;

import java.net.URI;
import java.time.Duration;

/**
 * The backend as the gateway sees it.
 *
 * @param location scheme, host and port, without a path
 * @param timeout how long the backend may take until its response starts
 */
record Upstream(URI location, Duration timeout) {}
