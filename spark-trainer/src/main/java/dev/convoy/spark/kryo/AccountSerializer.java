package dev.convoy.spark.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.convoy.data.Account;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes an account as its reasons, each with its tally. */
final class AccountSerializer extends Serializer<Account> {
  @Override
  public void write(Kryo kryo, Output output, Account account) {
    Map<String, Account.Tally> reasons = account.reasons();
    output.writeInt(reasons.size(), true);
    reasons.forEach(
        (reason, tally) -> {
          output.writeString(reason);
          kryo.writeObject(output, tally);
        });
  }

  @Override
  public Account read(Kryo kryo, Input input, Class<Account> type) {
    Map<String, Account.Tally> reasons = new LinkedHashMap<>();
    for (int i = input.readInt(true); i > 0; i--) {
      reasons.put(input.readString(), kryo.readObject(input, Account.Tally.class));
    }
    return Account.of(reasons);
  }
}
