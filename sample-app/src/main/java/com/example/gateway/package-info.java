/**
 * An API gateway on Tomcat and Jersey: it forwards to one backend and serves a few routes itself.
 */
@NullMarked
package com.example.gateway;

import org.jspecify.annotations.NullMarked;
