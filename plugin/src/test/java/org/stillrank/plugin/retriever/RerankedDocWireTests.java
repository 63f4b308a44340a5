/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.plugin.retriever;

import org.apache.lucene.search.ScoreDoc;
import org.elasticsearch.common.io.stream.Writeable;
import org.elasticsearch.test.AbstractWireSerializingTestCase;
import org.stillrank.plugin.passage.FoundPassage;
import org.stillrank.plugin.scale.Combination;
import org.stillrank.plugin.scale.ScoreMode;

/** A reranked hit is the same on every node. */
public class RerankedDocWireTests extends AbstractWireSerializingTestCase<RerankedDoc> {

  @Override
  protected Writeable.Reader<RerankedDoc> instanceReader() {
    return RerankedDoc::new;
  }

  @Override
  protected RerankedDoc createTestInstance() {
    ScoreDoc hit = new ScoreDoc(randomIntBetween(0, 1000), randomFloat(), randomIntBetween(0, 10));
    FoundPassage passage =
        new FoundPassage(
            randomUnicodeOfLength(30),
            randomIntBetween(0, 10),
            randomIntBetween(11, 99),
            randomFloat(),
            randomIntBetween(1, 9));
    RerankedDoc document =
        new RerankedDoc(
            hit,
            randomAlphaOfLength(5),
            new Combination(randomFrom(ScoreMode.values()), randomFloat(), randomFloat()),
            randomBoolean() ? null : passage);
    document.rank = randomIntBetween(1, 100);
    return document;
  }

  @Override
  protected RerankedDoc mutateInstance(RerankedDoc document) {
    return randomValueOtherThan(document, this::createTestInstance);
  }
}
