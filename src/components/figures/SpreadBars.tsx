import './SpreadBars.css';

interface Props {
  /** How many values fall in each of the bins, of equal width. */
  counts: ArrayLike<number>;
  label: string;
}

/** A histogram. The tallest bar is often that of the zeros; the others are seen beside it by their square roots. */
export function SpreadBars({ counts, label }: Props) {
  const heights = Array.from(counts, Math.sqrt);
  const tall = Math.max(...heights, 1);
  return (
    <svg
      class="spread"
      viewBox={`0 0 ${Math.max(1, heights.length)} 20`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {heights.map((root, bin) => {
        const height = (20 * root) / tall;
        return <rect key={bin} x={bin} y={20 - height} width={0.9} height={height} />;
      })}
    </svg>
  );
}
