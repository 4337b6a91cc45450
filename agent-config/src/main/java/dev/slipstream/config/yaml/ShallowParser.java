package dev.slipstream.config.yaml;

import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * A parser that refuses deep nesting.
 *
 * <p>The composer recurses a level at a time, so that a file of brackets would overflow the stack.
 */
final class ShallowParser implements Parser {

  private static final int DEEPEST_LEVEL = 20;

  private final Parser parser;
  private int level;

  ShallowParser(Parser parser) {
    this.parser = parser;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }

  @Override
  public Event next() {
    Event event = parser.next();
    if (event instanceof CollectionStartEvent && ++level > DEEPEST_LEVEL) {
      throw new NestingException(event.getStartMark().orElseThrow());
    }
    if (event instanceof CollectionEndEvent) {
      level--;
    }
    return event;
  }
}
