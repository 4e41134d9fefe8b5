package dev.convoy.spark.verify;

import dev.convoy.kernel.reference.ReferenceKernels;
import dev.convoy.loss.SoftmaxCrossEntropy;
import dev.convoy.nn.Network;
import dev.convoy.nn.Pass;
import dev.convoy.nn.Replica;
import dev.convoy.nn.StateDict;
import dev.convoy.optim.OptimizerShard;
import dev.convoy.optim.Sgd;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.Safetensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A dump in the form of another engine's, made by the scalar kernels: one step of two images. */
public final class DumpFiles {
  private static final Map<String, String> RECIPE =
      Map.of("learning_rate", "0.1", "momentum", "0.9", "weight_decay", "1e-4", "steps", "1");

  private DumpFiles() {}

  /** Writes the four files. */
  public static void write(Path folder, Network network) throws IOException {
    int[] labels = {3, 0};
    Replica replica = Replica.trainingWithInputGradient(network, new ReferenceKernels(), 2, 1);
    float[] input = new float[2 * network.input().size()];
    for (int i = 0; i < input.length; i++) {
      input[i] = i * 37 % 101 / 50f - 1;
    }
    float[] weights = network.initialWeights(5);
    float[] gradients = new float[weights.length];
    file(folder, "weights", StateDict.of(network, weights));
    replica.input().fromNchw(input);
    Pass pass = Pass.single(2, weights, gradients);
    replica.forward(pass);
    float loss =
        new SoftmaxCrossEntropy(0).evaluate(2, replica.logits(), labels, replica.logitsGradient());
    replica.backward(pass);
    file(folder, "gradients", StateDict.of(network, gradients));
    float[] velocity = new float[weights.length];
    OptimizerShard all = OptimizerShard.whole(weights, gradients, velocity);
    new Sgd(0.9f, 1e-4f).update(all, 0, weights.length, 0.1f);
    file(folder, "updated", StateDict.of(network, weights));
    int[] imageShape = {2, 1, network.input().height(), network.input().width()};
    List<NamedTensor> run =
        List.of(
            new NamedTensor("input", imageShape, input),
            new NamedTensor("input_gradient", imageShape, replica.inputGradient().toNchw(2)),
            new NamedTensor("logits", new int[] {2, network.classes()}, replica.logits().toNchw(2)),
            new NamedTensor("loss", new int[0], new float[] {loss}),
            new NamedTensor("losses", new int[] {1}, new float[] {loss}));
    Files.write(folder.resolve("run.safetensors"), withLabels(run, labels));
  }

  private static void file(Path folder, String name, List<NamedTensor> tensors) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(name + ".safetensors"))) {
      Safetensors.write(out, RECIPE, tensors);
    }
  }

  /** Convoy itself never writes whole numbers: their entry is put in front of the others. */
  private static byte[] withLabels(List<NamedTensor> tensors, int[] labels) throws IOException {
    ByteArrayOutputStream floats = new ByteArrayOutputStream();
    Safetensors.write(floats, RECIPE, tensors);
    ByteBuffer file = ByteBuffer.wrap(floats.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) file.getLong();
    String json = new String(file.array(), 8, header, StandardCharsets.UTF_8).strip();
    int end = file.capacity() - 8 - header;
    String entry =
        String.format(
            Locale.ROOT,
            "{\"labels\":{\"dtype\":\"I64\",\"shape\":[%d],\"data_offsets\":[%d,%d]},",
            labels.length,
            end,
            end + 8 * labels.length);
    byte[] newHeader = (entry + json.substring(1)).getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(8 + newHeader.length + end + 8 * labels.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(newHeader.length)
            .put(newHeader)
            .put(file.array(), 8 + header, end);
    for (int label : labels) {
      out.putLong(label);
    }
    return out.array();
  }
}
