/**
 * What the JVM loads of the agent: the entry points and the class loader of everything else. These
 * are the only classes of ours that the application could see.
 */
@NullMarked
package dev.slipstream.javaagent;

import org.jspecify.annotations.NullMarked;
