package dev.convoy.spark.export;

import com.google.protobuf.CodedOutputStream;
import dev.convoy.nn.GraphNode;
import dev.convoy.nn.Network;
import dev.convoy.nn.Value;
import dev.convoy.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * ONNX: a graph with one input, {@code input} (N,C,H,W), normalized as in training, and one output,
 * {@code logits} (N,classes). Auxiliary heads are left out, dropout does nothing, batch
 * normalization has its running statistics.
 */
final class Onnx implements ExportFormat {
  private static final int IR_VERSION = 7;
  private static final int OPERATORS = 12;
  private static final String INPUT = "input";
  private static final String OUTPUT = "logits";

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public String summary() {
    return "one input, `input` (N,C,H,W), normalized as in training, and one output, `logits`"
        + " (N,classes), of any batch N";
  }

  @Override
  public void write(
      Network network, float[] weights, Map<String, String> metadata, OutputStream out)
      throws IOException {
    Message model =
        new Message()
            .number(1, IR_VERSION)
            .text(2, "convoy")
            .message(7, graph(network, weights))
            .message(8, new Message().text(1, "").number(2, OPERATORS));
    new TreeMap<>(metadata)
        .forEach((key, value) -> model.message(14, new Message().text(1, key).text(2, value)));
    CodedOutputStream coded = CodedOutputStream.newInstance(out);
    model.write(coded);
    coded.flush();
  }

  private static Message graph(Network network, float[] weights) {
    OnnxGraph graph = new OnnxGraph(network.name());
    Shape input = network.input();
    graph.input(INPUT, input.channels(), input.height(), input.width());
    List<GraphNode> nodes = network.nodes();
    Map<Value, String> names = new HashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (network.servesMainHead(i)) {
        GraphNode node = nodes.get(i);
        String[] inputs =
            node.inputs().stream().map(v -> names.getOrDefault(v, INPUT)).toArray(String[]::new);
        String output = i == nodes.size() - 1 ? OUTPUT : node.name();
        names.put(node.value(), OnnxOperators.append(graph, node, weights, inputs, output));
      }
    }
    graph.output(OUTPUT, network.classes());
    return graph.message();
  }
}
