package dev.convoy.spark.export;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * A graph of ONNX (the Open Neural Network Exchange's {@code onnx.proto3}, IR version 7, operators
 * of version 12) under construction. Field numbers:
 *
 * <pre>
 * ModelProto      1 ir_version   2 producer_name   3 producer_version   7 graph
 *                 8 opset_import { 1 domain   2 version }   14 metadata_props { 1 key   2 value }
 * GraphProto      1 node   2 name   5 initializer   11 input   12 output
 * NodeProto       1 input   2 output   3 name   4 op_type   5 attribute
 * AttributeProto  1 name   2 f   3 i   8 ints   20 type (1 float, 2 int, 7 ints)
 * TensorProto     1 dims   2 data_type (1 float)   8 name   9 raw_data, little-endian
 * ValueInfoProto  1 name   2 type { 1 tensor_type { 1 elem_type   2 shape { 1 dim { 1 dim_value
 *                 2 dim_param } } } }
 * </pre>
 */
final class OnnxGraph {
  private static final int FLOAT = 1;

  private final Message graph = new Message();

  OnnxGraph(String name) {
    graph.text(2, name);
  }

  /** An attribute of an operator. */
  record Attribute(Message message) {
    static Attribute of(String name, float value) {
      return new Attribute(new Message().text(1, name).number(2, value).number(20, 1));
    }

    static Attribute of(String name, long value) {
      return new Attribute(new Message().text(1, name).number(3, value).number(20, 2));
    }

    static Attribute of(String name, long... values) {
      Message message = new Message().text(1, name);
      LongStream.of(values).forEach(value -> message.number(8, value));
      return new Attribute(message.number(20, 7));
    }
  }

  /**
   * Appends an operator.
   *
   * @param output the name of its output, and its own
   * @return that name
   */
  String operator(String type, String output, String[] inputs, Attribute... attributes) {
    Message node = new Message();
    Arrays.stream(inputs).forEach(input -> node.text(1, input));
    node.text(2, output).text(3, output).text(4, type);
    Arrays.stream(attributes).forEach(attribute -> node.message(5, attribute.message()));
    graph.message(1, node);
    return output;
  }

  /** Appends a constant, and returns its name. */
  String constant(String name, int[] shape, float[] values) {
    Message tensor = new Message();
    Arrays.stream(shape).forEach(extent -> tensor.number(1, extent));
    graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, values));
    return name;
  }

  /** Appends an input of the graph, whose first extent is the batch. */
  void input(String name, int... shape) {
    graph.message(11, value(name, shape));
  }

  /** Appends an output of the graph, whose first extent is the batch. */
  void output(String name, int... shape) {
    graph.message(12, value(name, shape));
  }

  private static Message value(String name, int... shape) {
    Message extents = new Message().message(1, new Message().text(2, "batch"));
    Arrays.stream(shape).forEach(extent -> extents.message(1, new Message().number(1, extent)));
    Message tensor = new Message().number(1, FLOAT).message(2, extents);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** Returns the finished graph. */
  Message message() {
    return graph;
  }
}
