package dev.slipstream.config.yaml;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Thrown out of the composer where a document is nested too deeply. */
final class NestingException extends YamlEngineException {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // never serialized
  private final Mark mark;

  NestingException(Mark mark) {
    super("nested too deeply");
    this.mark = mark;
  }

  /** Returns where the first level too deep begins. */
  Mark mark() {
    return mark;
  }
}
