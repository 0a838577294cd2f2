import './batch-members.css';
import { useEffect, useMemo } from 'preact/hooks';
import { printLossAt } from '../../explain/loss-curve.ts';
import { type BatchMember, type ReadBatch, createBatch, shareOfDearestTwo } from './batch.ts';
import { formatShare, printEquation } from '../../explain/numbers.ts';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { DigitImage } from '../figures/HeatImage.tsx';
import { BarTrack } from '../figures/BarTrack.tsx';
import { TryAgain } from '../figures/TryAgain.tsx';

interface Props {
  /** The sample's test image that it begins with. */
  begin: number;
  /** The first batch, read while the site was built. */
  start: ReadBatch;
}

/** A batch's loss, digit by digit, and the mean that becomes of it. */
export function BatchLossIsland({ begin, start }: Props) {
  const batch = useMemo(() => createBatch(start.members.length, { begin }), [start, begin]);
  useEffect(() => void batch.load(), [batch]);
  const { members, loss } = batch.read.value ?? start;
  const most = Math.max(...members.map((member) => member.loss));
  return (
    <div class="batch">
      <DigitPicker pick={batch.pick}>
        <button type="button" onClick={batch.next} aria-disabled={!batch.read.value}>
          Next batch
        </button>
      </DigitPicker>
      <ul class="batch-members">
        {members.map(({ label, probability, loss: own }, n) => {
          const printed = printLossAt(probability);
          return (
            <li key={n}>
              <DigitImage image={batch.imageOf(n)} label={`A digit labelled ${label}`} />
              <span>
                p = <span class="batch-value">{printed.p}</span>
              </span>
              <BarTrack share={own / most} />
              <span>
                −ln p {printed.sign} <span class="batch-value">{printed.loss}</span>
              </span>
            </li>
          );
        })}
      </ul>
      <p role="status">{batch.failure.value ?? describeMean(members, loss)}</p>
      <TryAgain failure={batch.failure.value} again={batch.load} />
    </div>
  );
}

function describeMean(members: readonly BatchMember[], loss: number): string {
  const sum = members.reduce((total, member) => total + member.loss, 0);
  const { inputs, result, isExact } = printEquation([sum], ([all]) => all / members.length, loss);
  return `The ${members.length} losses sum to ${inputs[0]}. Divided by ${members.length}, the loss of the batch is ${isExact ? '' : 'about '}${result}. The two dearest make up ${formatShare(shareOfDearestTwo(members), 0)} of the sum.`;
}
