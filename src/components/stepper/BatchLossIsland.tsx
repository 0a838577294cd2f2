import { useEffect, useMemo } from 'preact/hooks';
import { type ReadBatch, createBatch } from '../../state/batch.ts';
import { formatNumber } from '../../state/pass-sentences.ts';
import { DigitImage } from '../figures/HeatImage.tsx';

interface Props {
  /** The first batch, read while the site was built. */
  start: ReadBatch;
}

/** A batch's loss, digit by digit, and the mean that becomes of it. */
export function BatchLossIsland({ start }: Props) {
  const batch = useMemo(() => createBatch(start.members.length), [start]);
  useEffect(() => void batch.load(), [batch]);
  const { members, loss } = batch.read.value ?? start;
  const most = Math.max(...members.map((member) => member.loss));
  return (
    <div class="batch">
      <ul class="batch-members">
        {members.map(({ row, label, probability, loss: own }) => (
          <li key={row}>
            <DigitImage image={batch.imageOf(row)} label={`A digit labelled ${label}`} />
            <span>p = {formatNumber(probability)}</span>
            <span class="bar-track">
              <span class="bar-fill" style={{ transform: `scaleX(${own / most})` }} />
            </span>
            <span>−ln p = {formatNumber(own)}</span>
          </li>
        ))}
      </ul>
      <p role="status">
        {batch.failure.value ??
          `The ${members.length} losses sum to ${formatNumber(members.reduce((sum, member) => sum + member.loss, 0))}. Divided by ${members.length}, the loss of the batch is ${formatNumber(loss)}.`}
      </p>
      <button type="button" class="needs-script" onClick={batch.next} disabled={!batch.read.value}>
        Next batch
      </button>
    </div>
  );
}
