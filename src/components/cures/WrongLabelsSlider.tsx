import { formatShare } from '../../explain/numbers.ts';
import { Slider } from '../figures/Slider.tsx';

const MOST_WRONG = 0.4;

interface Props {
  share: number;
  onChange: (share: number) => void;
}

/** How many of the labels that are learnt from are made wrong. */
export function WrongLabelsSlider({ share, onChange }: Props) {
  return (
    <Slider
      label="Make some labels wrong"
      min={0}
      max={MOST_WRONG}
      step={0.1}
      value={share}
      text={formatShare(share, 0)}
      onChange={onChange}
    />
  );
}
