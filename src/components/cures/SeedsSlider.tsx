import { Slider } from '../figures/Slider.tsx';

/** As many as it takes to see what a seed does. */
export const MOST_SEEDS = 5;

interface Props {
  seeds: number;
  onChange: (seeds: number) => void;
}

/** With how many seeds each run is made. */
export function SeedsSlider({ seeds, onChange }: Props) {
  return <Slider label="Seeds" min={1} max={MOST_SEEDS} step={1} value={seeds} onChange={onChange} />;
}
