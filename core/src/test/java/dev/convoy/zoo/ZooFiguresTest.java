package dev.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.nn.Network;
import dev.convoy.nn.Parameter;
import dev.convoy.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Parameters as the papers and torchvision count them, and multiply-adds of one image. */
class ZooFiguresTest {
  /** Name, input, classes, parameters and multiply-adds of all but the LeNets. */
  private static final String FIGURES =
      """
      alexnet,         227x227x3, 1000,  60965224,   724406816
      caffenet,        227x227x3, 1000,  60965224,   724406816
      alexnet-v2,      224x224x3, 1000,  61100840,   714188480
      vgg-a,           224x224x3, 1000, 132863336,  7609090048
      vgg-a-lrn,       224x224x3, 1000, 132863336,  7609090048
      vgg-b,           224x224x3, 1000, 133047848, 11308466176
      vgg-c,           224x224x3, 1000, 133638952, 11770888192
      vgg-d,           224x224x3, 1000, 138357544, 15470264320
      vgg16,           224x224x3, 1000, 138357544, 15470264320
      vgg-e,           224x224x3, 1000, 143667240, 19632062464
      vgg19,           224x224x3, 1000, 143667240, 19632062464
      vgg-a-bn,        224x224x3, 1000, 132868840,  7609090048
      vgg-b-bn,        224x224x3, 1000, 133053736, 11308466176
      vgg-c-bn,        224x224x3, 1000, 133647400, 11770888192
      vgg-d-bn,        224x224x3, 1000, 138365992, 15470264320
      vgg16-bn,        224x224x3, 1000, 138365992, 15470264320
      vgg-e-bn,        224x224x3, 1000, 143678248, 19632062464
      vgg19-bn,        224x224x3, 1000, 143678248, 19632062464
      googlenet,       224x224x3, 1000,  13378280,  1591044096
      googlenet-naive, 224x224x3, 1000, 104274376, 12582331520
      googlenet-bn,    224x224x3, 1000,  13004888,  1506748416
      resnet18,        224x224x3, 1000,  11689512,  1814073344
      resnet34,        224x224x3, 1000,  21797672,  3663761408
      resnet50,        224x224x3, 1000,  25557032,  4089184256
      resnet101,       224x224x3, 1000,  44549160,  7801405440
      resnet152,       224x224x3, 1000,  60192808, 11513626624
      resnet50-v1,     224x224x3, 1000,  25557032,  3857973248
      resnet101-v1,    224x224x3, 1000,  44549160,  7570194432
      resnet152-v1,    224x224x3, 1000,  60192808, 11282415616
      plain18,         224x224x3, 1000,  11515688,  1794805760
      plain34,         224x224x3, 1000,  21623848,  3644493824
      cifar-resnet20,  32x32x3,     10,    269722,    40551040
      cifar-resnet32,  32x32x3,     10,    464154,    68862592
      cifar-resnet44,  32x32x3,     10,    658586,    97174144
      cifar-resnet56,  32x32x3,     10,    853018,   125485696
      cifar-resnet110, 32x32x3,     10,   1727962,   252887680
      cifar-plain20,   32x32x3,     10,    269722,    40551040
      cifar-plain56,   32x32x3,     10,    853018,   125485696
      """;

  /** Held by {@link LeNet5FiguresTest}, with the connections that its paper counts. */
  private static final List<String> LENETS = List.of("lenet5", "lenet5-modern");

  /** Both auxiliary classifiers of GoogLeNet are counted. */
  @ParameterizedTest
  @CsvSource(textBlock = FIGURES)
  void totals(String name, String input, int classes, long parameters, long multiplyAdds) {
    Network network = Zoo.named(name).build();
    assertEquals(name, network.name());
    assertEquals(input, network.input().toString());
    assertEquals(classes, network.classes());
    assertEquals(parameters, network.trainable());
    assertEquals(multiplyAdds, network.multiplyAdds());
    assertEquals("softmax-cross-entropy", Zoo.named(name).loss());
  }

  @Test
  void everyNetworkIsCounted() {
    Set<String> counted = new TreeSet<>(LENETS);
    FIGURES.lines().forEach(line -> counted.add(line.substring(0, line.indexOf(','))));
    assertEquals(new TreeSet<>(Zoo.names()), counted);
  }

  static List<String> names() {
    return Zoo.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyNodeAndParameterHasANameOfItsOwn(String name) {
    Network network = Zoo.named(name).build();
    var nodes = new HashSet<String>();
    network.nodes().forEach(node -> assertTrue(nodes.add(node.name()), node.name()));
    var parameters = new HashSet<String>();
    network.parameters().stream()
        .map(Parameter::name)
        .forEach(parameter -> assertTrue(parameters.add(parameter), parameter));
  }

  @ParameterizedTest
  @MethodSource("names")
  void allTakeGrayImagesOfAnotherSize(String name) {
    Shape papers = Zoo.named(name).input();
    Shape input = new Shape(papers.height() + 32, papers.width() + 32, 4 - papers.channels());
    Network network = Zoo.named(name).input(input).build();
    assertEquals(input, network.input());
    assertEquals(Zoo.named(name).classes(), network.classes());
  }

  @Test
  void tooSmallAnImageIsRefusedWithTheLayerItEndsIn() {
    Shape input = new Shape(16, 16, 3);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Zoo.named("vgg16").input(input).classes(10).build())
            .getMessage();
    assertTrue(message.startsWith("vgg16, layer features.30: "), message);
  }

  @ParameterizedTest
  @MethodSource("names")
  void allButThePapersLeNetTakeAnyNumberOfClasses(String name) {
    if (!name.equals("lenet5")) {
      assertEquals(7, Zoo.named(name).classes(7).build().classes());
    }
  }

  @Test
  void aNetworkHasItsPapersImagesAndClassesUnlessOthersAreGiven() {
    Network papers = Zoo.named("cifar-resnet20").build();
    assertEquals("32x32x3", papers.input().toString());
    assertEquals(10, papers.classes());
    Network other = Zoo.named("cifar-resnet20").classes(7).input(new Shape(48, 40, 1)).build();
    assertEquals("48x40x1", other.input().toString());
    assertEquals(7, other.classes());
  }

  @Test
  void noClassesAreRefused() {
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> Zoo.named("resnet18").classes(0).build());
    assertEquals(
        "resnet18 with 0 classes is impossible: expected at least 1", refusal.getMessage());
  }
}
