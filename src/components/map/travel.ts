/** Milliseconds: the text of a step is there at once, and nothing waits for this. */
const DURATION = 380;

/**
 * Numbers travel from the parts that they are made of to the part that they are made into, where the reader has not asked
 * for less motion.
 *
 * @param from the names of the parts, as in `data-part`
 */
export function travel(map: HTMLElement, from: readonly string[], to: string): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const target = bodyOf(map, to);
  if (!target) return;
  const frame = map.getBoundingClientRect();
  const end = target.getBoundingClientRect();
  target.animate({ opacity: [0, 1] }, { duration: DURATION, easing: 'ease-in' });
  for (const name of from) {
    const canvas = bodyOf(map, name)?.querySelector('canvas');
    if (!canvas) continue;
    const start = canvas.getBoundingClientRect();
    const ghost = copyOf(canvas);
    Object.assign(ghost.style, {
      left: `${start.left - frame.left + map.scrollLeft}px`,
      top: `${start.top - frame.top}px`,
      width: `${start.width}px`,
      height: `${start.height}px`,
    });
    map.append(ghost);
    const there = `translate(${end.left - start.left}px, ${end.top - start.top}px) scale(${end.width / start.width}, ${end.height / start.height})`;
    const motion = ghost.animate(
      { transform: ['none', there], opacity: [0.9, 0.1] },
      { duration: DURATION, easing: 'ease-in-out' },
    );
    motion.finished.finally(() => ghost.remove()).catch(() => {});
  }
}

function bodyOf(map: HTMLElement, name: string): HTMLElement | null {
  return map.querySelector(`[data-part="${name}"] .map-body`);
}

function copyOf(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement('canvas');
  [copy.width, copy.height] = [canvas.width, canvas.height];
  copy.className = 'map-ghost';
  copy.ariaHidden = 'true';
  copy.getContext('2d')?.drawImage(canvas, 0, 0);
  return copy;
}
