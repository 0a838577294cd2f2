import { codeFiles } from '../explain/code-bindings.ts';
import type { CodeRegion } from './code-regions.ts';
import { sourceRegion } from './source-region.ts';

/** The source of every step that any network's pass may have; a region that is missing fails the build. */
export function stepRegions(): Record<string, CodeRegion> {
  return Object.fromEntries(
    Object.entries(codeFiles).map(([region, file]) => [region, sourceRegion(file, region)]),
  );
}

/** The same for a pass that goes back and takes a step, with the lines of `Layer` that call the others. */
export function backwardRegions(): Record<string, CodeRegion> {
  const calls = ['backward', 'backward-input', 'update'].map((region) => [
    region,
    sourceRegion('layer.ts', region),
  ]);
  return { ...Object.fromEntries(calls), ...stepRegions() };
}
