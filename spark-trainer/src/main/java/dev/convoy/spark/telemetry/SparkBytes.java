package dev.convoy.spark.telemetry;

import java.nio.ByteBuffer;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Serializes objects by the application's serializer, for those parts of Spark that would otherwise
 * use Java's. An instance belongs to the application that runs when it is created; any thread may
 * use it.
 */
final class SparkBytes {
  private static final ClassTag<Object> ANY = ClassTag$.MODULE$.AnyRef();

  private final SerializerInstance serializer = SparkEnv.get().serializer().newInstance();

  /** Writes an object of a registered class. */
  synchronized byte[] write(Object value) {
    ByteBuffer written = serializer.serialize(value, ANY);
    byte[] bytes = new byte[written.remaining()];
    written.get(bytes);
    return bytes;
  }

  /** Reads what {@link #write} has written, perhaps in another process. */
  synchronized Object read(byte[] bytes) {
    return serializer.deserialize(ByteBuffer.wrap(bytes), ANY);
  }
}
