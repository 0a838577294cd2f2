import { describe, expect, test } from 'vitest';
import { Clinic } from '../../../../src/lib/clinic/clinic.ts';
import { createClinic } from '../../../../src/state/run/clinic.ts';
import type { Loading } from '../../../../src/state/remote/session.ts';
import { WorkerDied } from '../../../../src/state/remote/worker-client.ts';
import { penDigits, repeatedDigits } from '../../training/digits.ts';
import { createDoor, createOverlaps, hastyClock, inProcess } from '../in-process.ts';

/** Two turns an epoch. */
const training = repeatedDigits(1100);
const few = { ...penDigits(60), name: 'few' };
const testing = { ...penDigits(50), name: 'test' };

interface Setting {
  readonly cores?: number;
  readonly digits?: typeof training;
  readonly onCall?: (method: string, worker: number) => void | Promise<void>;
  readonly onLoad?: (loading: Loading) => void | Promise<void>;
}

function clinicWith({ cores = 2, digits = few, onCall, onLoad }: Setting = {}) {
  const state = { started: 0, alive: 0 };
  const clinic = createClinic({
    start: () => {
      const own = state.started++;
      state.alive++;
      return inProcess(new Clinic(hastyClock()), {
        onEnd: () => void state.alive--,
        onCall: (method) => onCall?.(method, own),
      });
    },
    load: async (loading) => {
      await onLoad?.(loading);
      return { training: digits, test: testing };
    },
    cores: () => cores,
  });
  return { clinic, state };
}

const untouched = (clinic: ReturnType<typeof createClinic>) =>
  clinic.patients.value.every(
    ({ points, epoch, findings }) => points.length === 0 && epoch === 0 && Object.keys(findings).length === 0,
  );

describe('the clinic of a page', () => {
  test('the same curves and weights, to the bit, whatever the number of workers', async () => {
    const ends = [];
    for (const cores of [1, 2, 9]) {
      const { clinic, state } = clinicWith({ cores, digits: training });
      await clinic.run();
      expect(clinic.status.value).toBe('finished');
      expect(state.started).toBe([1, 2, 8][ends.length]);
      ends.push(clinic.patients.value);
    }
    expect(ends[0]!.map(({ points }) => points.length)).toEqual(Array.from({ length: 8 }, () => 4));
    expect(ends[0]!.every(({ weights }) => weights?.length === 784 * 32)).toBe(true);
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).toEqual(ends[0]);
  });

  test('trained again the eight become what they were, to the bit', async () => {
    const { clinic } = clinicWith({ cores: 2, digits: training });
    await clinic.run();
    const first = clinic.patients.value;
    const again = clinic.again();
    expect(untouched(clinic)).toBe(true);
    await again;
    expect(clinic.status.value).toBe('finished');
    expect(clinic.patients.value).toEqual(first);
  });

  test('trains and examines in the same workers, opened once for both', async () => {
    const { clinic, state } = clinicWith();
    await Promise.all([clinic.run(), clinic.examine('largest')]);
    expect(state).toEqual({ started: 2, alive: 2 });
    expect(clinic.status.value).toBe('finished');
    expect(clinic.examining.value).toBeUndefined();
    const { truth, patients } = clinic;
    // The tool misses some illnesses; what it finds is ill, and who is well it passes.
    expect(patients.value.every(({ findings }) => findings.largest !== undefined)).toBe(true);
    patients.value.forEach(({ findings }, n) => {
      if (findings.largest!.isFound) expect(truth.value[n]).toBeDefined();
    });
    expect(patients.value.some(({ findings }) => findings.largest!.isFound)).toBe(true);
  });

  test('a tool that is put to work again is seen at work: what it found before is gone until it finds it anew', async () => {
    const door = createDoor();
    let times = 0;
    const { clinic } = clinicWith({
      onCall: (called) => (called === 'examine' && times++ === 8 ? door.pass() : undefined),
    });
    await clinic.examine('biases');
    const before = clinic.patients.value.map(({ findings }) => findings.biases);
    const again = clinic.examine('biases');
    await door.reached;
    expect(clinic.examining.value).toBe('biases');
    expect(clinic.patients.value.some(({ findings }) => findings.biases === undefined)).toBe(true);
    door.open();
    await again;
    expect(clinic.patients.value.map(({ findings }) => findings.biases)).toEqual(before);
  });

  test.each(['open', 'advance'])('an answer to "%s" after it was cancelled is not heard', async (method) => {
    const door = createDoor();
    const { clinic, state } = clinicWith({
      onCall: (called) => (called === method ? door.pass() : undefined),
    });
    const running = clinic.run();
    await door.reached;
    clinic.cancel();
    door.open();
    await running;
    expect(state.alive).toBe(0);
    expect(clinic.status.value).toBe('idle');
    expect(untouched(clinic)).toBe(true);
    expect([clinic.failure.value, clinic.described.value]).toEqual([undefined, undefined]);
  });

  test('a finding for patients who have gone is not heard, and the tools are free for the next', async () => {
    const door = createDoor();
    const { clinic } = clinicWith({ onCall: (called) => (called === 'examine' ? door.pass() : undefined) });
    const examining = clinic.examine('biases');
    await door.reached;
    clinic.newPatients();
    expect(clinic.examining.value).toBeUndefined();
    door.open();
    await examining;
    expect(untouched(clinic)).toBe(true);
    expect(clinic.failure.value).toBeUndefined();
  });

  test('cancelled while the digits are fetched it shows no progress and starts nobody; begun again, one crew', async () => {
    const door = createDoor();
    const loadings: Loading[] = [];
    const { clinic, state } = clinicWith({
      onLoad: (loading) => {
        loadings.push(loading);
        return loadings.length === 1 ? door.pass() : undefined;
      },
    });
    const first = clinic.run();
    clinic.cancel();
    expect(loadings[0]!.signal.aborted).toBe(true);
    loadings[0]!.onProgress(0.5);
    expect(clinic.loading.value).toBeUndefined();
    const second = clinic.run();
    door.open();
    await Promise.all([first, second]);
    expect(clinic.status.value).toBe('finished');
    expect(state).toEqual({ started: 2, alive: 2 });
  });

  test('when a worker dies it stops, says why, and can be opened again', async () => {
    let dies = true;
    const { clinic, state } = clinicWith({
      onCall: (method, worker) => {
        if (!dies || method !== 'advance' || worker !== 1) return;
        dies = false;
        throw new WorkerDied('it was killed');
      },
    });
    await clinic.run();
    expect(clinic.failure.value).toContain('it was killed');
    expect(clinic.status.value).toBe('idle');
    expect(state.alive).toBe(0);
    await clinic.run();
    expect(clinic.status.value).toBe('finished');
    expect(clinic.failure.value).toBeUndefined();
  });

  test('paused and gone on with at once, the patients are what they would have been', async () => {
    const straight = clinicWith({ digits: training }).clinic;
    await straight.run();
    const door = createDoor();
    const overlaps = createOverlaps();
    const { clinic } = clinicWith({
      digits: training,
      cores: 1,
      onCall: (method) => (method === 'advance' ? overlaps.during(() => door.pass()) : undefined),
    });
    const first = clinic.run();
    await door.reached;
    clinic.pause();
    expect(clinic.status.value).toBe('paused');
    const second = clinic.run();
    door.open();
    await Promise.all([first, second]);
    expect(clinic.patients.value).toEqual(straight.patients.value);
    expect(overlaps.count).toBeLessThanOrEqual(1);
  });
});
