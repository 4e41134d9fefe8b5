package dev.convoy.spark.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.spark.config.ConvoyConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationKeyCheck {
  @Test
  void itIsReadAndListed() {
    List<String> sets = List.of("network.name=lenet5", "data.train=/d", "output.bell=on");
    assertTrue(ConvoyConfig.load(ConvoyConfig.BUILTIN, sets).output().bell());
    StringWriter out = new StringWriter();
    assertEquals(
        0,
        Convoy.commandLine(Commands.all())
            .setOut(new PrintWriter(out))
            .execute("describe", "--keys"));
    assertTrue(out.toString().contains("output.bell = off"), out.toString());
  }
}
