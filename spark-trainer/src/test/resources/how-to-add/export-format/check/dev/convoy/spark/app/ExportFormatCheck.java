package dev.convoy.spark.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.Network;
import dev.convoy.nn.StateDict;
import dev.convoy.weights.Safetensors;
import dev.convoy.zoo.Zoo;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFormatCheck {
  private static String convoy(String... args) {
    StringWriter out = new StringWriter();
    assertEquals(0, Convoy.commandLine(Commands.all()).setOut(new PrintWriter(out)).execute(args));
    return out.toString().replaceAll("\\s+", " ");
  }

  @Test
  void theCommandExportsToIt(@TempDir Path folder) throws Exception {
    assertTrue(convoy("export", "--help").contains("graphviz (a picture of the layers"));
    Network network = Zoo.named("lenet5-modern").build();
    Path weights = folder.resolve("weights.safetensors");
    try (OutputStream out = Files.newOutputStream(weights)) {
      Safetensors.write(out, Map.of(), StateDict.of(network, network.initialWeights(1)));
    }
    Path file = folder.resolve("lenet5.dot");
    String command = "export --format graphviz --network lenet5-modern --weights %s --output %s";
    convoy(command.formatted(weights, file).split(" "));
    assertTrue(Files.readString(file).contains("\"input\" -> \"conv1\"\n"));
  }
}
