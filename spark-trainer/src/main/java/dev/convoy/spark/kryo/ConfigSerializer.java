package dev.convoy.spark.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.convoy.spark.config.ConvoyConfig;

/**
 * Writes a configuration in its one canonical form, which {@code run.json} holds, too, and from
 * which it can be read again.
 */
final class ConfigSerializer extends Serializer<ConvoyConfig> {
  ConfigSerializer() {
    super(false, true);
  }

  @Override
  public void write(Kryo kryo, Output output, ConvoyConfig config) {
    output.writeString(config.name());
    output.writeString(config.render());
  }

  @Override
  public ConvoyConfig read(Kryo kryo, Input input, Class<ConvoyConfig> type) {
    return ConvoyConfig.ofRendered(input.readString(), input.readString());
  }
}
