import '../figures/controls.css';
import { useEffect, useMemo } from 'preact/hooks';
import { formatNumber } from '../../explain/numbers.ts';
import { outputBlame } from '../../lib/experiments/output-blame.ts';
import { createBlamedDigit } from '../../state/pass/blamed-digit.ts';
import { DigitPicker } from '../figures/DigitPicker.tsx';
import { ScrollBox } from '../figures/ScrollBox.tsx';
import { TryAgain } from '../figures/TryAgain.tsx';

/** Where p − y comes from: the slope of the logarithm meets that of softmax, output by output, with this digit's numbers. */
export function OutputBlameIsland({ digit }: { digit: number }) {
  const blamed = useMemo(() => createBlamedDigit(digit), [digit]);
  useEffect(() => void blamed.load(), [blamed]);
  const pass = blamed.pass.value;
  const label = blamed.digitPick.label.value;
  const found =
    pass && label !== undefined ? outputBlame(pass.values('activation', pass.depth), label) : undefined;
  return (
    <div class="output-blame">
      <DigitPicker pick={blamed.digitPick} isPictured />
      <p class="run-sentence" role="status">
        {found && label !== undefined
          ? `The loss sees one number of the ten: p of the label ${label}, which is ${formatNumber(found.outputs[label].p)}. Its slope along that number is −1 / ${formatNumber(found.outputs[label].p)} = ${formatNumber(found.lossSlope)}.`
          : (blamed.failure.value ?? 'The digit is on its way…')}
      </p>
      <TryAgain failure={blamed.failure.value} again={blamed.load} />
      <ScrollBox label="From the loss to each output's sum">
        <table class="output-blame-table">
          <thead>
            <tr>
              <th scope="col">output k</th>
              <th scope="col">
                p<sub>k</sub>
              </th>
              <th scope="col">
                slope of p<sub>{label ?? 'y'}</sub> along z<sub>k</sub>
              </th>
              <th scope="col">times the slope of the loss</th>
              <th scope="col">
                p<sub>k</sub> − y<sub>k</sub>
              </th>
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: 10 }, (_, k) => {
              const each = found?.outputs[k];
              const own = found && label !== undefined ? formatNumber(found.outputs[label].p) : '';
              return (
                <tr key={k} class={k === label ? 'output-label' : ''}>
                  <th scope="row">{k}</th>
                  <td>{each ? formatNumber(each.p) : '…'}</td>
                  <td>
                    {each &&
                      (k === label
                        ? `${own} · (1 − ${own}) = ${formatNumber(each.softmaxSlope)}`
                        : `−${own} · ${formatNumber(each.p)} = ${formatNumber(each.softmaxSlope)}`)}
                  </td>
                  <td>{each && formatNumber(each.blame)}</td>
                  <td>{each && `${formatNumber(each.p)} − ${each.y} = ${formatNumber(each.p - each.y)}`}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
    </div>
  );
}
