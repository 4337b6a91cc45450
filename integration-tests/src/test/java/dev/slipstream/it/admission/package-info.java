/** What is refused in a gateway whose backend is in trouble, and what is not. */
package dev.slipstream.it.admission;
