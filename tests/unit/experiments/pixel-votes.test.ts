import { describe, expect, test } from 'vitest';
import { pixelVotes } from '../../../src/lib/experiments/pixel-votes.ts';
import { elementwiseNames } from '../../../src/lib/nn/activations.ts';
import { referenceKernels } from '../../../src/lib/nn/kernels/reference-kernels.ts';
import { traceReading } from '../../../src/lib/nn/trace.ts';
import { randomExamples, randomNetwork } from '../nn/networks.ts';

const options = { kernels: referenceKernels('float64') };
const examples = randomExamples(3, 40, 4);

describe('what each pixel adds to a score', () => {
  test.each(elementwiseNames)(
    '%s: all of it and the rest come to the score that the network has',
    (hidden) => {
      const network = randomNetwork([40, 12, 9, 4], hidden, 'softmax', options);
      for (let row = 0; row < 3; row++) {
        const pass = traceReading(network, examples, row);
        for (let output = 0; output < 4; output++) {
          const { votes, pro, contra, rest, score } = pixelVotes(pass, output);
          const sum = votes.reduce((total, vote) => total + vote, 0);
          expect(score).toBe(pass.values('preActivation', 3)[output]);
          expect(Math.abs(sum + rest - score)).toBeLessThan(1e-12);
          expect(Math.abs(pro + contra - sum)).toBeLessThan(1e-12);
          expect(pro).toBe(votes.filter((vote) => vote > 0).reduce((total, vote) => total + vote, 0));
        }
      }
    },
  );

  test('with ReLU a pixel adds what is lost when its ink fades, for as long as no unit opens or shuts', () => {
    const network = randomNetwork([40, 12, 4], 'relu', 'softmax', options);
    const { votes, score } = pixelVotes(traceReading(network, examples, 0), 2);
    for (const [pixel, vote] of votes.entries()) {
      const values = Float64Array.from(examples.values);
      values[pixel]! *= 1 - 1e-6;
      const faded = traceReading(network, { ...examples, values }, 0).values('preActivation', 2)[2]!;
      expect(Math.abs((score - faded) / 1e-6 - vote)).toBeLessThan(1e-6);
    }
  });

  test('paper has no vote, and a network without hidden layers is its weights times the pixels', () => {
    const network = randomNetwork([40, 4], 'relu', 'softmax', options);
    const values = Float64Array.from(examples.values, (value, n) => (n % 3 === 0 ? 0 : value));
    const pass = traceReading(network, { ...examples, values }, 0);
    const { votes, rest } = pixelVotes(pass, 1);
    const weights = pass.values('weight', 1);
    votes.forEach((vote, n) => expect(vote).toBe(weights[40 + n]! * values[n]!));
    expect(rest).toBe(pass.values('bias', 1)[1]);
  });

  test('a score that is not there is named', () => {
    const pass = traceReading(randomNetwork([40, 4], 'relu', 'softmax', options), examples, 0);
    expect(() => pixelVotes(pass, 4)).toThrow('there is no score 4 among 4');
  });
});
