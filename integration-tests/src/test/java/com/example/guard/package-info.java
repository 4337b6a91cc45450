/** An application whose filters turn requests away, or answer them. */
@NullMarked
package com.example.guard;

import org.jspecify.annotations.NullMarked;
