import { describe, expect, test } from 'vitest';
import { Abandoned, type Loading, createSession } from '../../../../src/state/remote/session.ts';
import { createDoor } from '../in-process.ts';

/** A session whose loading and preparing wait at doors, and whose workers are counted. */
function held({ loads = true, prepares = true } = {}) {
  const doors = { load: createDoor(), prepare: createDoor() };
  const seen = { started: 0, ended: [] as number[], loadings: [] as Loading[] };
  const state = { failure: undefined as Error | undefined };
  const session = createSession({
    async load(loading) {
      seen.loadings.push(loading);
      if (loads) await doors.load.pass();
      if (state.failure) throw state.failure;
      return 'data';
    },
    start() {
      const own = ++seen.started;
      return { own, end: () => void seen.ended.push(own) };
    },
    async prepare({ own }, data) {
      if (prepares) await doors.prepare.pass();
      if (state.failure) throw state.failure;
      return `${data} in worker ${own}`;
    },
  });
  return { session, doors, seen, state };
}

describe('a session', () => {
  test('is opened once for all who ask while it opens, and after', async () => {
    const { session, doors, seen } = held({ prepares: false });
    const both = Promise.all([session.open(), session.open()]);
    doors.load.open();
    expect(await both).toEqual(['data in worker 1', 'data in worker 1']);
    expect(await session.open()).toBe('data in worker 1');
    expect(seen.started).toBe(1);
  });

  test('let go of while it loads, it starts no worker, and whoever waits hears that it was given up', async () => {
    const { session, doors, seen } = held();
    const opening = session.open();
    session.letGo();
    expect(seen.loadings[0]!.signal.aborted).toBe(true);
    doors.load.open();
    await expect(opening).rejects.toThrow(Abandoned);
    expect(seen.started).toBe(0);
  });

  test('let go of while it is prepared, its worker is ended, and the next opening has one of its own', async () => {
    const { session, doors, seen } = held({ loads: false });
    const opening = session.open();
    await doors.prepare.reached;
    session.letGo();
    expect(seen.ended).toEqual([1]);
    const next = session.open();
    doors.prepare.open();
    await expect(opening).rejects.toThrow(Abandoned);
    expect(await next).toBe('data in worker 2');
    // The end of the first has not closed the second.
    expect(await session.open()).toBe('data in worker 2');
    expect(seen).toMatchObject({ started: 2, ended: [1] });
  });

  test('says how far loading is, and nothing of what was let go of', async () => {
    const { session, doors, seen } = held();
    const opening = session.open();
    const [first] = seen.loadings;
    first!.onProgress(0.25);
    expect(session.loading.value).toBe(0.25);
    session.letGo();
    expect(session.loading.value).toBeUndefined();
    first!.onProgress(0.5);
    expect(session.loading.value).toBeUndefined();
    doors.load.open();
    await expect(opening).rejects.toThrow(Abandoned);
  });

  test('when all is loaded there is no progress to show any more', async () => {
    const { session, doors, seen } = held({ prepares: false });
    const opening = session.open();
    seen.loadings[0]!.onProgress(0.9);
    doors.load.open();
    await opening;
    expect(session.loading.value).toBeUndefined();
  });

  test('an opening that fails ends its worker and says why, and the next one tries again', async () => {
    const { session, state } = held({ loads: false, prepares: false });
    state.failure = new Error('there is no room');
    await expect(session.open()).rejects.toThrow('there is no room');
    state.failure = undefined;
    expect(await session.open()).toBe('data in worker 1');
  });

  test('a worker that cannot be prepared is ended', async () => {
    const { session, doors, state, seen } = held({ loads: false });
    const opening = session.open();
    await doors.prepare.reached;
    state.failure = new Error('it does not fit');
    doors.prepare.open();
    await expect(opening).rejects.toThrow('it does not fit');
    expect(seen.ended).toEqual([1]);
  });

  test('work that fails is told, unless it was let go of by then', async () => {
    const { session } = held({ loads: false, prepares: false });
    const told: string[] = [];
    const door = createDoor();
    const fails = async () => {
      await door.pass();
      throw new Error('it broke');
    };
    const working = session.work(fails, ({ message }) => void told.push(message));
    door.open();
    await working;
    expect(told).toEqual(['it broke']);

    const late = createDoor();
    const lost = session.work(
      async () => {
        await late.pass();
        throw new Error('nobody wants to know');
      },
      ({ message }) => void told.push(message),
    );
    await late.reached;
    session.letGo();
    late.open();
    await lost;
    expect(told).toEqual(['it broke']);
  });

  test('work that waits for an opening is not done once it was let go of', async () => {
    const { session } = held({ loads: false, prepares: false });
    const heard: string[] = [];
    // Lets go in the very moment in which it is open.
    const opening = session.open().then(() => session.letGo());
    await session.work(
      async (opened) => void heard.push(opened),
      ({ message }) => void heard.push(message),
    );
    await opening;
    expect(heard).toEqual([]);
  });

  test('who holds on to it knows when it was let go of', () => {
    const { session } = held();
    const isOurs = session.hold();
    expect(isOurs()).toBe(true);
    session.letGo();
    expect(isOurs()).toBe(false);
    expect(session.hold()()).toBe(true);
  });
});
