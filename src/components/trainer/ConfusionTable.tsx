import type { Evaluation } from '../../lib/nn/network.ts';
import { ScrollBox } from '../figures/ScrollBox.tsx';

/** Labels against readings: the diagonal is right. What is wrong is tinted by its share of the label's images. */
export function ConfusionTable({
  evaluation,
  classes = 10,
}: {
  evaluation: Evaluation | undefined;
  classes?: number;
}) {
  const digits = Array.from({ length: classes }, (_, digit) => digit);
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
        <tbody>
          {digits.map((label) => {
            const row = digits.map((read) => evaluation?.confusion[label * classes + read] ?? 0);
            const total = row.reduce((sum, count) => sum + count, 0);
            return (
              <tr key={label}>
                <th scope="row">{label}</th>
                {row.map((count, read) => {
                  const share = total === 0 ? 0 : count / total;
                  const tint = read === label ? 0 : Math.min(70, 100 * Math.sqrt(share));
                  return (
                    <td
                      key={read}
                      class={read === label ? 'confusion-right' : undefined}
                      style={{
                        background: `color-mix(in oklab, var(--hand) ${tint.toFixed(0)}%, transparent)`,
                      }}
                    >
                      {evaluation ? count : ''}
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
