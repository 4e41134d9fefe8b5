package dev.convoy.spark.export;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.Addition;
import dev.convoy.nn.Convolution;
import dev.convoy.nn.FullyConnected;
import dev.convoy.nn.Initialization;
import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkBuilder;
import dev.convoy.nn.Value;
import dev.convoy.tensor.Shape;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerInOnnxCheck {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onnxRuntimeGivesTheSameLogits(boolean relu, @TempDir Path folder) throws Exception {
    NetworkBuilder graph = Network.of("sum", new Shape(8, 8, 3));
    Value left = graph.add("left", Convolution.of(4, 3, Initialization.he()), graph.input());
    Value right = graph.add("right", Convolution.of(4, 3, Initialization.he()), graph.input());
    Value sum = graph.add("sum", new Addition(relu), left, right);
    Network network =
        graph.build(graph.add("fc", new FullyConnected(10, Initialization.torch()), sum));
    double error = OnnxTest.error(network, folder.resolve("model.onnx"));
    assertTrue(error < 1e-5, "it errs by " + error);
  }
}
