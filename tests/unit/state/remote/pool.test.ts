import { describe, expect, test } from 'vitest';
import { type PoolNeeds, dataNeeds, startPool, workersFor } from '../../../../src/state/remote/pool.ts';
import { penDigits } from '../../training/digits.ts';
import { inProcess } from '../in-process.ts';

const small: PoolNeeds = { runs: 8, cores: 2, dataBytes: 1e6, isShared: true, copies: 0 };

describe('how many workers', () => {
  const cases: [Partial<PoolNeeds>, number, string][] = [
    [{ cores: 1 }, 1, 'of one core'],
    [{ cores: 2 }, 2, 'of two cores both, or side by side would be no faster'],
    [{ cores: 3 }, 2, 'of more cores one is left to the page'],
    [{ cores: 8 }, 7, 'of more cores one is left to the page'],
    [{ cores: 64 }, 8, 'at most one a run'],
    [{ cores: 64, runs: 1 }, 1, 'at most one a run'],
    [{ cores: 64, dataBytes: 150e6, copies: 1 }, 2, 'no more than 400 MB hold'],
    [{ cores: 64, dataBytes: 150e6, isShared: false }, 2, 'copies count where nothing is shared'],
    [{ cores: 64, dataBytes: 150e6 }, 8, 'what is shared takes nothing'],
    [{ cores: 64, dataBytes: 900e6, copies: 1 }, 1, 'one, whatever it takes'],
  ];
  test.each(cases)('%o: %i, %s', (needs, expected) => {
    expect(workersFor({ ...small, ...needs })).toBe(expected);
  });
});

describe('a pool', () => {
  const started = (needs: Partial<PoolNeeds>) => {
    const ended: number[] = [];
    let count = 0;
    const pool = startPool(
      () => {
        const own = count++;
        return inProcess({}, { onEnd: () => void ended.push(own) });
      },
      { ...small, ...needs },
    );
    return { pool, ended };
  };

  test('has each run in one worker, and shares them out evenly', () => {
    for (const cores of [1, 2, 4, 9]) {
      const runs = started({ cores }).pool.members.map((member) => member.runs);
      expect(runs.flat().toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      const sizes = runs.map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }
  });

  test('ends all its workers together', () => {
    const { pool, ended } = started({ cores: 4 });
    pool.end();
    expect(ended).toEqual([0, 1, 2]);
  });

  test('says what it takes', () => {
    const says = (needs: Partial<PoolNeeds>) => started({ dataBytes: 47e6, ...needs }).pool.described;
    expect(says({})).toBe('2 workers train at once; they read 47 MB of digits in memory that is shared.');
    expect(says({ copies: 2 })).toContain('each worker prepares 94 MB from it');
    expect(says({ isShared: false })).toBe('2 workers train at once; each worker holds 47 MB of digits.');
    expect(says({ cores: 1, isShared: false, copies: 2 })).toBe(
      'One worker trains them; the worker holds 141 MB of digits.',
    );
  });

  test('the data is as many bytes as its pixels and labels', () => {
    expect(dataNeeds(penDigits(3), penDigits(2))).toEqual({ dataBytes: 5 * 785, isShared: false });
  });
});
