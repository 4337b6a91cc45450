/**
 * The web application that is deployed on other people's servers: the same pages in every way that
 * a servlet, or a filter, can answer.
 */
@NullMarked
package com.example.servers;

import org.jspecify.annotations.NullMarked;
