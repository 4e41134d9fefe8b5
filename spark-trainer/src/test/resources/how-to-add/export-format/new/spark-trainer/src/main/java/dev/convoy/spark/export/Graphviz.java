package dev.convoy.spark.export;

import dev.convoy.nn.GraphNode;
import dev.convoy.nn.Network;
import dev.convoy.nn.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The graph of layers, as text for Graphviz's {@code dot}. */
final class Graphviz implements ExportFormat {
  @Override
  public String name() {
    return "graphviz";
  }

  @Override
  public String summary() {
    return "a picture of the layers, without weights";
  }

  @Override
  public void write(
      Network network, float[] weights, Map<String, String> metadata, OutputStream out)
      throws IOException {
    StringBuilder text = new StringBuilder("digraph \"" + network.name() + "\" {\n");
    Map<Value, String> names = new HashMap<>();
    for (GraphNode node : network.nodes()) {
      names.put(node.value(), node.name());
      for (Value input : node.inputs()) {
        String from = names.getOrDefault(input, "input");
        text.append("  \"" + from + "\" -> \"" + node.name() + "\"\n");
      }
    }
    out.write(text.append("}\n").toString().getBytes(StandardCharsets.UTF_8));
  }
}
