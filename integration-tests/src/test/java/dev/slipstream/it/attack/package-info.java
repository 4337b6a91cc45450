/**
 * Attacks on a shared cache, seen through sockets: a victim's request and an attacker's, in either
 * order, of which none may get what was made for the other.
 *
 * <p>Where it says so, the same exchange goes through {@link dev.slipstream.it.attack.NaiveCache}
 * too, where the attack has to succeed: so a case that could not fail would fail.
 */
@NullMarked
package dev.slipstream.it.attack;

import org.jspecify.annotations.NullMarked;
