/** The JAX-RS application that is deployed on other people's servers. */
@NullMarked
package com.example.resources;

import org.jspecify.annotations.NullMarked;
