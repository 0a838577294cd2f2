import './regularization.css';
import '../figures/controls.css';
import { useEffect, useMemo } from 'preact/hooks';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { DigitImage } from '../figures/HeatImage.tsx';
import { Slider } from '../figures/Slider.tsx';
import { TryAgain } from '../figures/TryAgain.tsx';
import {
  DRAWS,
  createAugmentationPreview,
  describeReads,
  distortions,
  drawnImage,
  none,
  usual,
} from './augmentation-preview.ts';

/** One digit as training shows it, a little different every time. */
export function AugmentationPreviewIsland({ digit }: { digit: number }) {
  const figure = useMemo(() => createAugmentationPreview(digit), [digit]);
  useEffect(() => void figure.load(), [figure]);
  const options = figure.options.value;
  const draws = figure.draws.value;
  const reads = figure.reads.value;
  const label = figure.pick.label.value;
  return (
    <>
      <DigitPicker
        pick={figure.pick}
        codes={({ distortionCode }, of) => distortionCode(of, options, figure.seed.value)}
      />
      <div class="sliders needs-script">
        {distortions.map(({ name, label: what, most, step, say }) => (
          <Slider
            key={name}
            label={what}
            min={0}
            max={most}
            step={step}
            value={options[name]}
            text={say(options[name])}
            onChange={(value) => figure.choose({ [name]: value })}
          />
        ))}
      </div>
      <div class="run-controls needs-script">
        <button type="button" class="primary" onClick={figure.drawOthers}>
          Draw others
        </button>
        <button type="button" onClick={() => figure.choose(usual)}>
          As training has it
        </button>
        <button type="button" onClick={() => figure.choose(none)}>
          No distortion
        </button>
      </div>
      <ol class="distorted-digits" aria-label="The digit, distorted">
        {Array.from({ length: DRAWS }, (_, n) => (
          <li key={n}>
            <DigitImage image={draws && drawnImage(draws, n)} label={`Draw ${n + 1}`} />
            <span>{reads ? `read as ${reads[n]}` : ' '}</span>
          </li>
        ))}
      </ol>
      <p role="status" class="run-sentence whole-sentence">
        {figure.failure.value ?? (reads && label !== undefined ? describeReads(reads, label) : ' ')}
      </p>
      <TryAgain failure={figure.failure.value} again={figure.load} />
    </>
  );
}
