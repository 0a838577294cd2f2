import './Refusal.css';
import '../figures/controls.css';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Slider } from '../figures/Slider.tsx';
import { formatShare } from '../../explain/numbers.ts';
import { useAlive } from '../figures/useAlive.ts';
import { describeRefusal } from './draw-words.ts';
import * as page from './draw-page.ts';

/** Below which probability the network on this page cannot tell, and what that costs. */
export function RefusalIsland() {
  const { drawing } = page;
  const isAlive = useAlive();
  const isComing = useSignal(true);
  // It is the large network that has been shown what is no digit. Where it does not come, the one that is there is told of.
  useEffect(() => {
    void drawing.improve().finally(() => {
      isComing.value = false;
    });
  }, []);
  const opened = isAlive && !isComing.value ? drawing.opened.value : undefined;
  const prices = opened?.metadata.refusal?.prices ?? [];
  const threshold = opened && drawing.refusesBelow.value;
  const at = prices.findIndex((price) => price.threshold === threshold);
  const told = at >= 0 ? describeRefusal(prices[at]) : undefined;
  return (
    <>
      <div class="sliders needs-script">
        <Slider
          label="Can’t tell below"
          min={0}
          max={Math.max(1, prices.length - 1)}
          step={1}
          value={Math.max(0, at)}
          text={threshold === undefined ? 'never' : formatShare(threshold, 0)}
          onChange={(n) => prices[n] && drawing.refuseBelow(prices[n].threshold)}
        />
      </div>
      <p role="status" class="refusal-price run-sentence needs-script">
        {!opened
          ? 'The network is on its way…'
          : told
            ? `${told.digits} ${told.others}`
            : 'This network was shown digits and nothing else. It is nearly always sure, and never says that it can’t tell.'}
      </p>
      <p class="refusal-now quiet">
        {opened &&
          (drawing.reading.value ? `On the pad above: ${page.sentence.value}` : 'The pad above is empty.')}
      </p>
    </>
  );
}
