import './ConfusionTable.css';
import { useRef, useState } from 'preact/hooks';
import { formatCoordinate } from '../../explain/numbers.ts';
import type { Evaluation } from '../../lib/nn/network.ts';
import { ScrollBox } from './ScrollBox.tsx';

export interface ConfusionCell {
  readonly label: number;
  readonly read: number;
}

interface Props {
  evaluation: Pick<Evaluation, 'confusion'> | undefined;
  classes?: number;
  /** Makes each number a button; the arrow keys lead from one to the next. */
  onOpen?: (cell: ConfusionCell) => void;
  opened?: ConfusionCell | undefined;
}

/** Labels against readings: the diagonal is right. What is wrong is tinted by its share of the label's images. */
export function ConfusionTable({ evaluation, classes = 10, onOpen, opened }: Props) {
  const [focused, setFocused] = useState<ConfusionCell>({ label: 0, read: 0 });
  const body = useRef<HTMLTableSectionElement>(null);
  const digits = Array.from({ length: classes }, (_, digit) => digit);
  const move = (event: KeyboardEvent, { label, read }: ConfusionCell) => {
    const [down, right] = STEPS[event.key] ?? [0, 0];
    if (down === 0 && right === 0) return;
    event.preventDefault();
    const within = (digit: number) => Math.max(0, Math.min(classes - 1, digit));
    const to = { label: within(label + down), read: within(read + right) };
    setFocused(to);
    body.current?.querySelectorAll('button')[to.label * classes + to.read]?.focus();
  };
  return (
    <ScrollBox label="Confusion matrix">
      <table class="confusion">
        <thead>
          <tr>
            <td>is ↓ read as →</td>
            {digits.map((digit) => (
              <th key={digit} scope="col">
                {digit}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {digits.map((label) => {
            const row = digits.map((read) => evaluation?.confusion[label * classes + read] ?? 0);
            const total = row.reduce((sum, count) => sum + count, 0);
            return (
              <tr key={label}>
                <th scope="row">{label}</th>
                {row.map((count, read) => {
                  const share = total === 0 ? 0 : count / total;
                  const tint = read === label ? 0 : Math.min(70, 100 * Math.sqrt(share));
                  const isOpened = opened?.label === label && opened.read === read;
                  return (
                    <td
                      key={read}
                      class={read === label ? 'confusion-right' : undefined}
                      style={{
                        background: `color-mix(in oklab, var(--hand) ${formatCoordinate(tint, 0)}%, transparent)`,
                      }}
                    >
                      {onOpen ? (
                        <button
                          type="button"
                          class="on-paper confusion-cell"
                          aria-pressed={isOpened}
                          aria-label={`${label} read as ${read}: ${count}`}
                          tabIndex={focused.label === label && focused.read === read ? 0 : -1}
                          onFocus={() => setFocused({ label, read })}
                          onKeyDown={(event) => move(event, { label, read })}
                          onClick={() => onOpen({ label, read })}
                        >
                          {evaluation ? count : ''}
                        </button>
                      ) : evaluation ? (
                        count
                      ) : (
                        ''
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollBox>
  );
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
