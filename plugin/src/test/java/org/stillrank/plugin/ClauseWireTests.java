/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin;

import java.util.List;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.test.AbstractWireSerializingTestCase;
import org.stillrank.plugin.rescore.Clause;
import org.stillrank.plugin.rescore.OnFailure;
import org.stillrank.plugin.rescore.WithoutTokens;
import org.stillrank.plugin.scale.Combination;
import org.stillrank.plugin.scale.ScoreMode;
import org.stillrank.reranker.passage.Aggregation;
import org.stillrank.reranker.passage.Passages;
import org.stillrank.reranker.passage.Selection;
import org.stillrank.reranker.passage.Windows;

/** A clause means the same on every node. */
public class ClauseWireTests extends AbstractWireSerializingTestCase<Clause> {

  @Override
  protected Writeable.Reader<Clause> instanceReader() {
    return Clause::new;
  }

  @Override
  protected Clause createTestInstance() {
    boolean tokens = randomBoolean();
    return new Clause(
        randomAlphaOfLength(5),
        randomUnicodeOfLength(20),
        tokens ? List.of() : randomList(1, 5, () -> randomAlphaOfLength(4)),
        tokens ? randomAlphaOfLength(6) : null,
        tokens ? randomFrom(WithoutTokens.values()) : WithoutTokens.FAIL,
        passages(),
        randomBoolean(),
        new Combination(randomFrom(ScoreMode.values()), randomFloat(), randomFloat()),
        randomBoolean() ? null : TimeValue.timeValueMillis(randomIntBetween(1, 10_000)),
        randomFrom(OnFailure.values()));
  }

  private static Passages passages() {
    int length = randomIntBetween(1, 500);
    int lead = randomIntBetween(0, length - 1);
    int max = randomIntBetween(1, 1000);
    return randomBoolean()
        ? Passages.beginning()
        : new Windows(
            length,
            lead,
            randomIntBetween(1, length - lead),
            max,
            randomFrom(Selection.values()),
            new Aggregation(randomFrom(Aggregation.Kind.values()), randomIntBetween(1, max)));
  }

  @Override
  protected Clause mutateInstance(Clause clause) {
    return randomValueOtherThan(clause, this::createTestInstance);
  }
}
