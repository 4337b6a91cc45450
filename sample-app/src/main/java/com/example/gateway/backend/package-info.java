/**
 * The service behind the gateway: user profiles and a slow generator, so that a demo needs no other
 * process.
 */
@NullMarked
package com.example.gateway.backend;

import org.jspecify.annotations.NullMarked;
