package dev.convoy.spark.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CommandCheck {
  private static String convoy(String... args) {
    StringWriter out = new StringWriter();
    assertEquals(0, Convoy.commandLine(Commands.all()).setOut(new PrintWriter(out)).execute(args));
    return out.toString();
  }

  @Test
  void helpListsItAndItRuns() {
    assertTrue(convoy("--help").contains("  losses "), convoy("--help"));
    assertTrue(convoy("losses").contains("softmax-cross-entropy  the negative"));
  }
}
