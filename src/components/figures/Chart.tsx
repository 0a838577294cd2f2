import './Chart.css';
import type { PlotOptions, Scale } from '@observablehq/plot';
import { useEffect, useRef, useState } from 'preact/hooks';
import { nextTask } from '../../state/remote/next-task.ts';
import { themeChanges } from '../../state/page/theme.ts';

type Plot = typeof import('@observablehq/plot');

interface Props {
  /** What to draw; called again when the width changes. Must be the same function while nothing else has changed. */
  draw: (plot: Plot) => PlotOptions;
  /** What the chart shows, for those who do not see it. */
  label: string;
  height: number;
  /** A place on the x axis that is read: a line stands there, and pointing at the chart moves it. */
  cursor?: ChartCursor;
}

export interface ChartCursor {
  readonly at: number;
  readonly move: (x: number) => void;
}

/** Of the n-th of several curves, in the chart and wherever it is named. */
export const curveColour = (n: number): string => `var(--curve-${n % 8})`;

/** A chart by Observable Plot, which is fetched when the first chart is to be seen. */
export function Chart({ draw, label, height, cursor }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [scale, setScale] = useState<Scale | undefined>(undefined);
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const theme = themeChanges.value;

  useEffect(() => {
    const box = frame.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setWidth(Math.floor(box.clientWidth)));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    if (width === 0) return;
    let isOver = false;
    import('@observablehq/plot')
      .then(async (plot) => {
        // All first charts of a page wait for the same library: each is a piece of work of its own.
        if (!frame.current?.firstChild) await nextTask();
        if (isOver) return;
        const chart = plot.plot({ width, height, ...draw(plot) });
        // The page's policy allows no style elements; what it would say is in Chart.css.
        for (const style of chart.querySelectorAll('style')) style.remove();
        // One picture with one name: its groups' own names would hang in the air.
        for (const part of chart.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
        chart.setAttribute('role', 'img');
        chart.setAttribute('aria-label', label);
        frame.current?.replaceChildren(chart);
        setScale(chart.scale('x'));
        setFailure(undefined);
      })
      .catch((error: Error) => setFailure(`The chart could not be drawn: ${error.message}`));
    return () => {
      isOver = true;
    };
  }, [draw, label, width, height, theme]);

  const point = (event: PointerEvent) => {
    if (!cursor || !scale?.invert || !frame.current) return;
    cursor.move(scale.invert(event.clientX - frame.current.getBoundingClientRect().left) as number);
  };

  return (
    <>
      <div
        class="chart"
        style={{ minHeight: `${height}px` }}
        onPointerMove={cursor && point}
        onPointerDown={cursor && point}
      >
        <div ref={frame} class="notranslate" />
        {cursor && scale && (
          <span class="chart-cursor" style={{ left: `${scale.apply(cursor.at)}px` }} aria-hidden="true" />
        )}
      </div>
      {failure && <p role="alert">{failure}</p>}
    </>
  );
}
