/**
 * Who may do what with the console: tokens and roles, limits, and what a browser is told. Decisions
 * are pure; requests and files are brought to them.
 */
@NullMarked
package dev.slipstream.console.security;

import org.jspecify.annotations.NullMarked;
