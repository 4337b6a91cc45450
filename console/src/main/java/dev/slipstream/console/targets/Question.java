package dev.slipstream.console.targets;

import java.io.IOException;
import javax.management.JMException;

/** What is asked of one gateway, on a thread that may be given up on. */
@FunctionalInterface
public interface Question<T> {
  /** Asks it. */
  T ask(AgentBeans agent) throws IOException, JMException;
}
