/**
 * The modules of the library, by the names under which cells import them: `lib/nn/losses.ts`. Without the one that brings a
 * package of its own, as large as all the others together.
 */
const modules = import.meta.glob(
  ['../lib/**/*.ts', '!../lib/nn/kernels/assembly/**', '!../lib/experiments/neighbour-map.ts'],
  { eager: true },
);

/** @throws Error that names modules of a like name, where there is none of this one */
export function libraryModule(name: string): unknown {
  const found = modules[`../${name}`] ?? modules[`../${name}.ts`];
  if (found) return found;
  const file = name.split('/').at(-1)!.replace(/\.ts$/, '');
  const near = Object.keys(modules).filter((path) => path.includes(`/${file}`));
  const hint =
    near.length > 0
      ? `is it ${near.map((path) => path.slice('../'.length)).join(' or ')}?`
      : 'its modules are those of src/lib/, such as lib/nn/network.ts';
  throw new Error(`the library has no module ${name}: ${hint}`);
}
