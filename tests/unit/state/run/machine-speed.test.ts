import { describe, expect, test } from 'vitest';
import { Speed } from '../../../../src/lib/training/speed.ts';
import { parseSetup } from '../../../../src/lib/training/setup.ts';
import { type SpeedWorld, createMachineSpeed } from '../../../../src/state/run/machine-speed.ts';
import { penDigits } from '../../training/digits.ts';
import { createDoor, hastyClock, inProcess } from '../in-process.ts';

const dataset = penDigits(40);
const setup = parseSetup({ layers: '784,4,10', batchSize: '20' });

function speedWith({
  onCall,
  ...world
}: Partial<SpeedWorld> & { onCall?: (method: string) => void | Promise<void> } = {}) {
  const state = { started: 0, alive: 0 };
  const speed = createMachineSpeed({
    start: () => {
      state.started++;
      state.alive++;
      return inProcess(new Speed(hastyClock()), {
        onEnd: () => void state.alive--,
        ...(onCall && { onCall }),
      });
    },
    load: async () => dataset,
    kernels: async () => ({}),
    ...world,
  });
  return { speed, state };
}

describe('the speed of a machine', () => {
  test('is measured twice, and no worker is left', async () => {
    const { speed, state } = speedWith();
    const measuring = speed.measure(setup);
    expect(speed.isBusy.value).toBe(true);
    await measuring;
    expect(speed.results.value).toHaveLength(2);
    expect(speed.results.value.every(({ imagesPerSecond }) => imagesPerSecond > 0)).toBe(true);
    expect(speed.isBusy.value).toBe(false);
    expect(state).toEqual({ started: 1, alive: 0 });
  });

  test.each(['load', 'kernels'] as const)('says so when "%s" fails, and can be tried again', async (part) => {
    let fails = true;
    const answers = { load: dataset, kernels: {} };
    const { speed } = speedWith({
      [part]: async () => {
        if (fails) throw new Error('it could not be fetched');
        return answers[part];
      },
    });
    await speed.measure(setup);
    expect(speed.failure.value).toContain('it could not be fetched');
    expect(speed.isBusy.value).toBe(false);
    fails = false;
    await speed.measure(setup);
    expect(speed.failure.value).toBeUndefined();
    expect(speed.results.value).toHaveLength(2);
  });

  test('cancelled while it waits for the digits, it starts no worker', async () => {
    const door = createDoor();
    const { speed, state } = speedWith({
      load: async () => {
        await door.pass();
        return dataset;
      },
    });
    const measuring = speed.measure(setup);
    speed.cancel();
    door.open();
    await measuring;
    expect(state.started).toBe(0);
    expect([speed.isBusy.value, speed.failure.value]).toEqual([false, undefined]);
  });

  test('cancelled while it measures, nothing more is heard', async () => {
    const door = createDoor();
    const { speed, state } = speedWith({ onCall: () => door.pass() });
    const measuring = speed.measure(setup);
    await door.reached;
    speed.cancel();
    door.open();
    await measuring;
    expect(speed.results.value).toEqual([]);
    expect([speed.isBusy.value, speed.failure.value, state.alive]).toEqual([false, undefined, 0]);
  });
});
