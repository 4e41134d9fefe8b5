package dev.convoy.spark.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the components of a record in their order, and reads it by its canonical constructor,
 * which checks them again. Kryo's own serializer of fields cannot set those of a record.
 *
 * <p>Components are primitives, strings, arrays of primitives, {@code null}, registered classes,
 * and lists, maps and optionals of these. Lists and maps are read as unmodifiable ones, whatever
 * their class was.
 *
 * @param <T> the record
 */
public final class RecordSerializer<T extends Record> extends Serializer<T> {
  private final RecordComponent[] components;
  private final Constructor<T> constructor;

  /** Creates the serializer of one record class, of any visibility. */
  public RecordSerializer(Class<T> record) {
    super(false, true);
    components = record.getRecordComponents();
    try {
      constructor =
          record.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException impossible) {
      throw new IllegalArgumentException(record + " has no canonical constructor", impossible);
    }
    constructor.setAccessible(true);
    for (RecordComponent component : components) {
      component.getAccessor().setAccessible(true);
    }
  }

  @Override
  public void write(Kryo kryo, Output output, T record) {
    for (RecordComponent component : components) {
      kryo.writeClassAndObject(output, plain(value(component, record)));
    }
  }

  @Override
  public T read(Kryo kryo, Input input, Class<T> type) {
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = typed(components[i].getType(), kryo.readClassAndObject(input));
    }
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new KryoException(constructor.getDeclaringClass() + ": " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new KryoException(e);
    }
  }

  private static Object value(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new KryoException(component.toString(), e);
    }
  }

  /** Replaces collections, which have many classes, by those that are registered. */
  private static Object plain(Object value) {
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    if (value instanceof Map<?, ?> map) {
      return new LinkedHashMap<>(map);
    }
    return value instanceof Optional<?> optional ? optional.orElse(null) : value;
  }

  private static Object typed(Class<?> type, Object plain) {
    if (type == Optional.class) {
      return Optional.ofNullable(plain);
    }
    if (plain instanceof List<?> list) {
      return Collections.unmodifiableList(list);
    }
    return plain instanceof Map<?, ?> map ? Collections.unmodifiableMap(map) : plain;
  }
}
