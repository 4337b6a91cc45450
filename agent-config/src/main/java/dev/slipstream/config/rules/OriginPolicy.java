package dev.slipstream.config.rules;

/** Whose freshness lifetime counts where both the response and the rule state one. */
public enum OriginPolicy {
  /** The response's; the rule's where the response states none. */
  RESPECT,
  /** The rule's; still {@code no-store}, {@code private} and {@code Set-Cookie} win over it. */
  OVERRIDE
}
