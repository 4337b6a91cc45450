package dev.slipstream.console.security;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens that are accepted. Finding one takes the same time whichever it is. */
public final class Tokens {
  private static final int MOST_TOKENS = 1_000;

  private final List<Entry> entries;

  private Tokens(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * Those of a list.
   *
   * @throws IllegalArgumentException if two have one name, or there are too many
   */
  public static Tokens of(List<KnownToken> known) {
    if (known.size() > MOST_TOKENS) {
      throw new IllegalArgumentException("more than " + MOST_TOKENS + " tokens");
    }
    Set<String> names = new HashSet<>();
    List<Entry> entries = new ArrayList<>();
    for (KnownToken token : known) {
      if (!names.add(token.caller().name())) {
        throw new IllegalArgumentException(
            "two tokens are called \"" + token.caller().name() + "\"");
      }
      entries.add(new Entry(token.caller(), HexFormat.of().parseHex(token.hash())));
    }
    return new Tokens(List.copyOf(entries));
  }

  /** Whose token it is. */
  public Optional<Caller> find(String token) {
    byte[] hash = Token.hash(token);
    @Nullable Caller found = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(hash, entry.hash)) {
        found = entry.caller;
      }
    }
    return Optional.ofNullable(found);
  }

  private static final class Entry {
    private final Caller caller;
    private final byte[] hash;

    Entry(Caller caller, byte[] hash) {
      this.caller = caller;
      this.hash = hash;
    }
  }
}
