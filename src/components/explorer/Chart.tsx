import type { PlotOptions } from '@observablehq/plot';
import { useEffect, useRef, useState } from 'preact/hooks';
import { themeChanges } from '../../state/theme.ts';

type Plot = typeof import('@observablehq/plot');

interface Props {
  /** What to draw; called again when the width changes. Must be the same function while nothing else has changed. */
  draw: (plot: Plot) => PlotOptions;
  /** What the chart shows, for those who do not see it. */
  label: string;
  height: number;
}

/** A chart by Observable Plot, which is fetched when the first chart is to be seen. */
export function Chart({ draw, label, height }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
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
      .then((plot) => {
        if (isOver) return;
        const chart = plot.plot({ width, height, ...draw(plot) });
        // The page's policy allows no style elements; what it would say is in explorer.css.
        for (const style of chart.querySelectorAll('style')) style.remove();
        // One picture with one name: its groups' own names would hang in the air.
        for (const part of chart.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
        chart.setAttribute('role', 'img');
        chart.setAttribute('aria-label', label);
        frame.current?.replaceChildren(chart);
        setFailure(undefined);
      })
      .catch((error: Error) => setFailure(`The chart could not be drawn: ${error.message}`));
    return () => {
      isOver = true;
    };
  }, [draw, label, width, height, theme]);

  return (
    <>
      <div ref={frame} class="chart" style={{ minHeight: `${height}px` }} />
      {failure && <p role="alert">{failure}</p>}
    </>
  );
}
