import '../figures/segments.css';
import './ReadBlind.css';
import type { ComponentChildren } from 'preact';
import { type Dataset, imageOf } from '../../lib/data/dataset.ts';
import { DigitImage } from '../figures/HeatImage.tsx';
import { DigitList } from './DigitList.tsx';
import type { ReadingTest } from './reading-test.ts';

interface Props {
  title: string;
  test: ReadingTest;
  dataset: Dataset;
  /** Under each picture, once all have been read. */
  say: (place: number) => string;
  /** What comes out. */
  children: ComponentChildren;
}

/** Images read one after the other, without seeing what anybody else says: a digit each, by button or by key. */
export function ReadBlind({ title, test, dataset, say, children }: Props) {
  const answers = test.answers.value;
  const current = test.current.value;
  const press = (event: KeyboardEvent) => {
    if (!/^[0-9]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    test.answer(Number(event.key));
  };
  return (
    <section class="read-blind" aria-label={title}>
      <h3>{title}</h3>
      {current ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: keys typed on any of the buttons within
        <div onKeyDown={press} class="read-blind-parts">
          <DigitImage image={imageOf(dataset, current.row)} label="An image to be read" />
          <div>
            <p role="status">
              Image {answers.length + 1} of {test.images.length}. Which digit is it? Click, or type it while
              one of the buttons has the focus.
            </p>
            <div class="segments">
              {Array.from({ length: 10 }, (_, digit) => (
                <button key={digit} type="button" onClick={() => test.answer(digit)}>
                  {digit}
                </button>
              ))}
            </div>
          </div>
        </div>
      ) : (
        <>
          {children}
          <DigitList
            label="What was read"
            test={dataset}
            isRoomy
            rows={test.images.map(({ row }) => row)}
            say={(_, place) => say(place)}
          />
          <button type="button" onClick={test.again}>
            Read them again
          </button>
        </>
      )}
    </section>
  );
}
