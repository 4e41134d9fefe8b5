package dev.convoy.spark.kryo;

import java.nio.ByteBuffer;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** A way through Spark's own serializer, set as Convoy sets it. */
final class Travel {
  static final KryoSerializer SERIALIZER =
      new KryoSerializer(
          new SparkConf(false)
              .set("spark.kryo.registrator", ConvoyRegistrator.class.getName())
              .set("spark.kryo.registrationRequired", "true"));

  private static final ClassTag<Object> ANY = ClassTag$.MODULE$.AnyRef();

  private Travel() {}

  /** What arrives if this is sent. */
  static Object through(Object sent) {
    SerializerInstance serializer = SERIALIZER.newInstance();
    ByteBuffer bytes = serializer.serialize(sent, ANY);
    return serializer.deserialize(bytes, ANY);
  }
}
