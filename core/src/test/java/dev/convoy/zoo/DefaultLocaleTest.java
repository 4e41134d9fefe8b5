package dev.convoy.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.convoy.nn.Parameter;
import dev.convoy.weights.NamedTensor;
import dev.convoy.weights.WeightsDigest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of tensors, and the weights drawn for them, do not depend on the machine's language. */
class DefaultLocaleTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restoreTheLocale() {
    Locale.setDefault(before);
  }

  /** Languages with digits of their own, and Turkish, whose small I has no dot. */
  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "bn-BD", "mr-IN", "my-MM", "ar-EG-u-nu-arab", "tr-TR"})
  void everyNetworkHasTheSameTensorsInEveryLanguage(String language) {
    Locale.setDefault(Locale.ROOT);
    List<String> names = Zoo.names().stream().flatMap(DefaultLocaleTest::tensors).toList();
    String weights = firstWeights("cifar-resnet20");

    Locale.setDefault(Locale.forLanguageTag(language));
    if (!language.equals("tr-TR")) {
      assertNotEquals("1", String.format(Locale.getDefault(), "%d", 1), "a language that matters");
    }
    assertEquals(names, Zoo.names().stream().flatMap(DefaultLocaleTest::tensors).toList());
    assertEquals(weights, firstWeights("cifar-resnet20"));
  }

  private static Stream<String> tensors(String name) {
    return Zoo.named(name).classes(10).build().parameters().stream()
        .map(p -> name + "/" + p.name());
  }

  private static String firstWeights(String name) {
    var network = Zoo.named(name).classes(10).build();
    float[] weights = network.initialWeights(1);
    return WeightsDigest.sha256(
        network.parameters().stream().map(parameter -> tensor(parameter, weights)).toList());
  }

  private static NamedTensor tensor(Parameter parameter, float[] weights) {
    return new NamedTensor(parameter.name(), parameter.shape(), parameter.unpack(weights));
  }
}
